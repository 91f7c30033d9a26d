package io.atoll.http.session;

import io.atoll.refusal.Refusal;
import java.util.concurrent.CompletionStage;

/** Tells whose a credential is. Thread-safe. */
@FunctionalInterface
public interface CredentialCheck {
  CompletionStage<Verdict> check(String credential);

  /** What came out of a check. */
  sealed interface Verdict {
    record Known(Principal principal) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
  }
}
