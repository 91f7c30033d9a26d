package io.atoll.node;

import java.time.Duration;
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
  private Drain() {}

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
