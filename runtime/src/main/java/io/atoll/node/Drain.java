package io.atoll.node;

import java.time.Duration;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The order in which a node ends: not ready and its sessions sent away, then the port closed behind
 * the requests in flight, then (Pekko's own steps) the tenants drained and the cluster left, at
 * last the store closed.
 */
final class Drain {
  private Drain() {}

  static void register(ActorSystem<?> system, Readiness readiness, Edge edge, Duration grace) {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
        "send sessions away",
        () -> {
          readiness.end();
          return edge.sessions().stop();
        });
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(), "close the port", () -> edge.close(grace));
  }
}
