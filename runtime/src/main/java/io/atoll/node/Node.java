package io.atoll.node;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/** A running node: an actor system, its store and its port. Thread-safe. */
public final class Node {
  private final ActorSystem<Void> system;
  private final Readiness readiness;
  private final String url;
  private final AtomicBoolean stopping = new AtomicBoolean();

  Node(ActorSystem<Void> system, Readiness readiness, String url) {
    this.system = system;
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

  /** Waits for the end; true when {@link #stop} has asked for it. */
  public boolean awaitEnd() {
    system.getWhenTerminated().toCompletableFuture().join();
    return stopping.get();
  }

  /** Drains the node and waits for its end. */
  public void stop() {
    stopping.set(true);
    CoordinatedShutdown.get(system)
        .runAll(CoordinatedShutdown.jvmExitReason())
        .toCompletableFuture()
        .join();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
