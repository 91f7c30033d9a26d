package io.atoll.placement;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.atoll.tenant.Migration;
import io.atoll.tenant.PlacementStore;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantQuestions;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how migrations have ended. The store decides which end it was; then the tenant is told, and
 * writes it down in its journal, where all that happened to it is read. It is told until it
 * answers, and knows an end that it is told again. Thread-safe.
 */
final class MigrationEnds {
  static final int MOST_TRIES = 10;

  /** A tenant knows for a day which ends it was told; the rest is for clocks and tries. */
  static final Duration TOLD_AGAIN_FOR = Duration.ofHours(23);

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEnds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_REMEMBERED = 10_000;
  private static final int MOST_TOLD_AGAIN = 20;

  private final PlacementStore store;
  private final Function<Migration, CompletionStage<TenantReply>> tenant;
  private final Later later;
  private final TimeSource time;

  /** The ids of those that this node tells, or has told. */
  private final Set<String> told =
      Collections.newSetFromMap(
          Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).<String, Boolean>build().asMap());

  /** Does something after a pause. */
  @FunctionalInterface
  interface Later {
    void run(Duration pause, Runnable action);
  }

  /** The ends that this store keeps; {@code tenant} tells one and brings the answer. */
  MigrationEnds(
      PlacementStore store,
      Function<Migration, CompletionStage<TenantReply>> tenant,
      Later later,
      TimeSource time) {
    this.store = store;
    this.tenant = tenant;
    this.later = later;
    this.time = time;
  }

  /** Tells tenants by the post that brings all commands, behind what is held for them. */
  static Function<Migration, CompletionStage<TenantReply>> by(TenantQuestions questions) {
    return ended ->
        questions.ask(
            ended.tenantId(), replyTo -> new TenantCommand.EndMigration(ended, replyTo), PATIENCE);
  }

  /** False, and nothing is kept, when another end is known already. */
  CompletionStage<Boolean> end(Migration ended) {
    return store.end(ended).thenApply(kept -> tellIf(kept, ended));
  }

  /** False when the migration has ended, or may store the new cell. */
  CompletionStage<Boolean> abort(Migration aborted) {
    return store.abort(aborted).thenApply(kept -> tellIf(kept, aborted));
  }

  /**
   * Tells the last ends of these migrations, the newest first, which another node may have been
   * lost before it could tell.
   */
  void tellAgain(List<Migration> migrations) {
    migrations.stream().filter(this::hasJustEnded).limit(MOST_TOLD_AGAIN).forEach(this::tell);
  }

  private boolean hasJustEnded(Migration migration) {
    return migration.status() != Migration.Status.RUNNING
        && time.epochMillis() - migration.completedAt() < TOLD_AGAIN_FOR.toMillis();
  }

  private boolean tellIf(boolean kept, Migration ended) {
    if (kept) {
      tell(ended);
    }
    return kept;
  }

  private void tell(Migration ended) {
    if (told.add(ended.id())) {
      tell(ended, MOST_TRIES);
    }
  }

  private void tell(Migration ended, int tries) {
    tenant
        .apply(ended)
        .whenComplete((reply, failure) -> {
          if (!(reply instanceof TenantReply.Accepted)) {
            notAnswered(
                ended, tries - 1, failure == null ? String.valueOf(reply) : failure.toString());
          }
        });
  }

  /** One that has just moved may not answer yet. */
  private void notAnswered(Migration ended, int triesLeft, String reason) {
    if (triesLeft > 0) {
      later.run(PAUSE, () -> tell(ended, triesLeft));
    } else {
      told.remove(ended.id());
      LOG.warn(
          "tenant {} has not written down how migration {} ended: {}",
          ended.tenantId(),
          ended.id(),
          reason);
    }
  }
}
