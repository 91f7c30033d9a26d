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
          return handOver(tenants, handOver).thenCompose(done -> edge.sessions().stop());
        });
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(), "close the port", () -> edge.close(grace));
  }

  private static CompletionStage<Done> handOver(TenantSide tenants, Duration patience) {
    return tenants
        .placement()
        .map(placement -> placement.leave(patience))
        .orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
  }
}
