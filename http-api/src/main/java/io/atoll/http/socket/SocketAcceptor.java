package io.atoll.http.socket;

import java.util.concurrent.CompletionStage;

/** Decides whether an upgrade request becomes a session. Thread-safe. */
@FunctionalInterface
public interface SocketAcceptor {
  /**
   * Answers within the request bound of the listener. The listener has already checked the
   * upgrade's form, its subprotocol and its origin. A stage that fails is answered as {@code
   * UNAVAILABLE}.
   */
  CompletionStage<SocketDecision> decide(SocketRequest request);
}
