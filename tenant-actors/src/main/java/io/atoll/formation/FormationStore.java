package io.atoll.formation;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Keeps what nodes say of their clusters; the same for all that share the store. Thread-safe. */
public interface FormationStore {
  /** What is known now. */
  CompletionStage<Formation> read();

  /** Numbers a new cluster, one more than the last; false when the last is another one by now. */
  CompletionStage<Boolean> form(long last);

  /** Says that the node is alive and belongs to this cluster, which is forgotten after a time. */
  CompletionStage<Void> say(String node, long number, Duration life);

  /** Forgets that the node was alive. */
  CompletionStage<Void> forget(String node);
}
