package io.atoll.http.credential;

import io.atoll.refusal.Refusal;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** Tells whose a credential is. Thread-safe. */
@FunctionalInterface
public interface CredentialCheck {
  /** Judges a credential that came from this address. The stage never fails. */
  CompletionStage<Verdict> check(String credential, InetAddress client);

  /** What came out of a check. */
  sealed interface Verdict {
    record Known(Principal principal) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
  }
}
