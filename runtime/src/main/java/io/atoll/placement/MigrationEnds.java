package io.atoll.placement;

import io.atoll.tenant.Migration;
import io.atoll.tenant.PlacementStore;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how migrations have ended. The store decides which end it was; then the tenant writes it
 * down in its journal, where all that happened to it is read. Thread-safe.
 */
final class MigrationEnds {
  static final int MOST_TRIES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEnds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final PlacementStore store;
  private final Function<Migration, CompletionStage<TenantReply>> tenant;
  private final Later later;

  /** Does something after a pause. */
  @FunctionalInterface
  interface Later {
    void run(Duration pause, Runnable action);
  }

  MigrationEnds(
      PlacementStore store, Function<Migration, CompletionStage<TenantReply>> tenant, Later later) {
    this.store = store;
    this.tenant = tenant;
    this.later = later;
  }

  /** Asks the tenant through this region. */
  static Function<Migration, CompletionStage<TenantReply>> through(
      ActorSystem<?> system, ActorRef<ShardingEnvelope<TenantCommand>> region) {
    return ended ->
        AskPattern.ask(
            region,
            replyTo ->
                new ShardingEnvelope<>(
                    ended.tenantId(), new TenantCommand.EndMigration(ended, replyTo)),
            PATIENCE,
            system.scheduler());
  }

  /** False, and nothing is kept, when another end is known already. */
  CompletionStage<Boolean> end(Migration ended) {
    return store.end(ended).thenApply(kept -> writeDown(kept, ended));
  }

  /** False when the migration has ended, or may store the new cell. */
  CompletionStage<Boolean> abort(Migration aborted) {
    return store.abort(aborted).thenApply(kept -> writeDown(kept, aborted));
  }

  private boolean writeDown(boolean kept, Migration ended) {
    if (kept) {
      writeDown(ended, MOST_TRIES);
    }
    return kept;
  }

  /**
   * A tenant that has just moved may not answer yet; one that is told again writes it down once.
   */
  private void writeDown(Migration ended, int tries) {
    tenant
        .apply(ended)
        .whenComplete((reply, failure) -> {
          if (reply instanceof TenantReply.Accepted) {
            return;
          }
          if (tries > 1) {
            later.run(PAUSE, () -> writeDown(ended, tries - 1));
          } else {
            warn(ended, reply, failure);
          }
        });
  }

  private static void warn(
      Migration ended, @Nullable TenantReply reply, @Nullable Throwable failure) {
    LOG.warn(
        "tenant {} has not written down how migration {} ended: {}",
        ended.tenantId(),
        ended.id(),
        reply,
        failure);
  }
}
