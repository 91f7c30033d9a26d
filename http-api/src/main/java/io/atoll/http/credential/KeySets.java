package io.atoll.http.credential;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.concurrent.CompletionStage;

/** The public keys of an issuer, as they are now. Thread-safe. */
interface KeySets {
  /** The keys that are known; fetched first when none are, or when they have grown old. */
  CompletionStage<JWKSet> current();

  /** The keys after another look, unless the last one was a moment ago. */
  CompletionStage<JWKSet> again();
}
