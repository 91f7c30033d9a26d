package io.atoll.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The order in which a node ends: not ready and its connections let go with their next answer, its
 * cells handed to other nodes and its sessions sent away, then the port closed behind the requests
 * in flight, then (Pekko's own steps) the tenants drained and the cluster left, at last the store
 * closed.
 */
final class Drain {
  /** What a step may take beyond its own bound before it counts as one that hangs. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private static final String PHASES = "pekko.coordinated-shutdown.phases.";

  private Drain() {}

  /** Pekko goes on without a step that hangs, and must not do so with one that is in its time. */
  static Config configure(Config config, Settings settings) {
    Duration sessions = settings.session().stopTimeout().multipliedBy(2);
    return ConfigFactory.parseMap(
            Map.of(
                PHASES + "before-service-unbind.timeout",
                settings.cluster().handOverTimeout().plus(sessions).plus(MARGIN),
                PHASES + "service-unbind.timeout",
                settings.node().drainTimeout().plus(MARGIN)),
            "atoll.node.drain-timeout and atoll.cluster.hand-over-timeout")
        .withFallback(config);
  }

  static void register(ActorSystem<?> system, TenantSide tenants, Edge edge, Settings settings) {
    Duration grace = settings.node().drainTimeout();
    Duration handOver = settings.cluster().handOverTimeout();
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
        "hand cells over and send sessions away",
        () -> {
          tenants.readiness().end();
          edge.listener().dismiss();
          return handOver(system, tenants, handOver).thenCompose(done -> edge.sessions().stop());
        });
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(), "close the port", () -> edge.close(grace));
    tenants
        .membership()
        .ifPresent(membership ->
            shutdown.addTask(
                CoordinatedShutdown.PhaseClusterExitingDone(),
                "say that the node has left",
                membership::end));
  }

  /**
   * A node that the others have given up has nothing left to hand over, and one whose actors were
   * lost has nobody to do it.
   */
  private static CompletionStage<Done> handOver(
      ActorSystem<?> system, TenantSide tenants, Duration patience) {
    return tenants
        .placement()
        .filter(placement -> !isDown(system) && !VitalActors.wereLost(system))
        .map(placement -> placement.leave(patience))
        .orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
  }

  private static boolean isDown(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system)
        .getShutdownReason()
        .filter(CoordinatedShutdown.clusterDowningReason()::equals)
        .isPresent();
  }
}
