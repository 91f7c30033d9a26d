package io.atoll.node;

import org.apache.pekko.actor.typed.ActorSystem;

/** A running node: an actor system, its store and its port. Thread-safe. */
public final class Node {
  private final ActorSystem<Void> system;
  private final Readiness readiness;
  private final String url;
  private final LocalNode self;

  Node(ActorSystem<Void> system, LocalNode self, Readiness readiness, String url) {
    this.system = system;
    this.self = self;
    this.readiness = readiness;
    this.url = url;
  }

  /** Waits until the node is ready; false when it ends before. */
  public boolean awaitReady() throws InterruptedException {
    return readiness.awaitFirst();
  }

  /** Where the node answers, for example {@code http://127.0.0.1:8080}. */
  public String url() {
    return url;
  }

  /** Waits for the end; true when {@link #stop} or an operator has asked for it. */
  public boolean awaitEnd() {
    system.getWhenTerminated().toCompletableFuture().join();
    return self.isStopping();
  }

  /**
   * Drains the node and waits for its end. Not for the word that all steps are done: the last of
   * them ends the threads that would bring it.
   */
  public void stop() {
    self.stop();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
