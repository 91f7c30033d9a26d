package io.atoll.node;

import io.atoll.placement.ThisNode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node as the others know it, and its end in good order. Thread-safe. */
final class LocalNode implements ThisNode {
  private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);

  private final ActorSystem<?> system;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile String url = "";
  private volatile BooleanSupplier ready = () -> false;

  LocalNode(ActorSystem<?> system) {
    this.system = system;
  }

  /** From now on it takes traffic when this says so. */
  void takesTraffic(BooleanSupplier when) {
    ready = when;
  }

  /** From now on it answers there. */
  void answersAt(String where) {
    url = where;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public boolean ready() {
    return ready.getAsBoolean();
  }

  @Override
  public void drain() {
    LOG.info("the node was told to drain");
    stop();
  }

  /**
   * Has the node drain; the last step ends its actor system. Does nothing while it ends already.
   */
  void stop() {
    stopping.set(true);
    CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
  }

  /** Whether its end was asked for. */
  boolean isStopping() {
    return stopping.get();
  }
}
