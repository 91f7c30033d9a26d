package io.atoll.placement;

import io.atoll.http.Cluster.Aborted;
import io.atoll.tenant.Migration;
import io.atoll.tenant.PlacementStore;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends the migrations whose node was lost on the way: the cell that is stored says how far they
 * have come. Whoever asks for a tenant's migrations first does so; all nodes come to the same end,
 * and see to it that the tenant knows it. Thread-safe.
 */
final class LostMigrations {
  /** Longer than a move takes that still goes on. */
  static final Duration LOST_AFTER = Duration.ofMinutes(1);

  private static final long UNKNOWN = -1;

  private final PlacementStore store;
  private final MigrationEnds ends;
  private final TimeSource time;

  LostMigrations(PlacementStore store, MigrationEnds ends, TimeSource time) {
    this.store = store;
    this.ends = ends;
    this.time = time;
  }

  /** The tenant's migrations, the newest first, after those that were lost have ended. */
  CompletionStage<List<Migration>> of(String tenantId) {
    return store
        .migrations(tenantId)
        .thenCompose(found -> {
          ends.tellAgain(found);
          List<Migration> lost = found.stream().filter(this::isLost).toList();
          return lost.isEmpty()
              ? CompletableFuture.completedFuture(found)
              : end(tenantId, lost).thenCompose(ended -> store.migrations(tenantId));
        });
  }

  /** Keeps that a migration was aborted, if it has not come too far. */
  CompletionStage<Aborted> abort(Migration aborted) {
    return ends.abort(aborted)
        .thenApply(done -> done ? new Aborted.Done(aborted) : new Aborted.TooLate());
  }

  private boolean isLost(Migration migration) {
    return migration.status() == Migration.Status.RUNNING
        && time.epochMillis() - migration.startedAt() > LOST_AFTER.toMillis();
  }

  private CompletionStage<Void> end(String tenantId, List<Migration> lost) {
    return store
        .cellOf(tenantId)
        .thenCompose(stored ->
            CompletableFuture.allOf(
                lost.stream()
                    .map(migration -> ends.end(ended(migration, stored.orElse(""))))
                    .map(CompletionStage::toCompletableFuture)
                    .toArray(CompletableFuture[]::new)));
  }

  private Migration ended(Migration migration, String stored) {
    return stored.equals(CellNames.of(migration.tenantId(), migration.to()))
        ? migration.completed(UNKNOWN, time.epochMillis())
        : migration.failed("the node that moved the tenant was lost", UNKNOWN, time.epochMillis());
  }
}
