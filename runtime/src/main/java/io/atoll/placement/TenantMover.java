package io.atoll.placement;

import io.atoll.tenant.Migration;
import io.atoll.tenant.Migration.Step;
import io.atoll.tenant.PlacementStore;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one tenant to a node or a tier: all nodes hold back what comes for it and what they had
 * sent has arrived; it stops; its new cell is stored, which is the point from which it belongs
 * there; all nodes know it; they let go on what waited. Before that point the migration may be
 * aborted (what decides is the store), and a failure leaves the tenant where it was; from it on the
 * cell that is stored decides, and the nodes look it up when their hold is over. Thread-safe.
 */
final class TenantMover {
  private static final Logger LOG = LoggerFactory.getLogger(TenantMover.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** From the first hold to the storing of the cell, with room before the holds end. */
  private static final Duration LONGEST_PREPARATION = Holds.LONGEST.minus(Duration.ofSeconds(1));

  private final ActorSystem<?> system;
  private final ActorRef<ShardingEnvelope<TenantCommand>> region;
  private final Agents agents;
  private final PlacementStore store;
  private final MigrationEnds ends;
  private final TimeSource time;

  TenantMover(
      ActorSystem<?> system,
      ActorRef<ShardingEnvelope<TenantCommand>> region,
      Agents agents,
      PlacementStore store,
      MigrationEnds ends,
      TimeSource time) {
    this.system = system;
    this.region = region;
    this.agents = agents;
    this.store = store;
    this.ends = ends;
    this.time = time;
  }

  /** A migration that goes on by itself, and how it ends as far as that is known here. */
  record Begun(Migration migration, CompletionStage<Migration> end) {}

  /**
   * The id of the tenant's migration that has this name: the one that is given here, unless another
   * was given within 24 hours.
   */
  CompletionStage<String> name(String tenant, String name, String id) {
    return store.name(tenant, name, id);
  }

  /** Begins the migration; if one with its id has begun already, that is left to who began it. */
  CompletionStage<Begun> begin(Migration migration) {
    return store
        .begin(migration)
        .thenCompose(kept ->
            kept
                ? CompletableFuture.completedStage(new Begun(migration, new Move(migration).run()))
                : store
                    .migrations(migration.tenantId())
                    .thenApply(all -> begunBefore(all, migration.id())));
  }

  private static Begun begunBefore(List<Migration> all, String id) {
    Migration kept = withId(all, id);
    return new Begun(kept, CompletableFuture.completedStage(kept));
  }

  private static Migration withId(List<Migration> all, String id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /** One tenant's way. */
  private final class Move {
    private final String tenant;
    private final String cell;
    private final long since = time.nanoTime();
    private volatile Migration migration;

    Move(Migration migration) {
      this.migration = migration;
      this.tenant = migration.tenantId();
      this.cell = CellNames.of(tenant, migration.to());
    }

    /** Completes with the end that is kept. */
    CompletionStage<Migration> run() {
      return step(Step.HOLD, this::hold)
          .thenCompose(held -> step(Step.DEPART, this::depart))
          .thenCompose(gone -> store.decide(migration))
          .thenAccept(this::requireHeldAndRunning)
          .thenCompose(decided -> step(Step.STORE, () -> store.give(tenant, cell)))
          .thenCompose(stored -> step(Step.TELL, this::tell))
          .handle((told, failure) -> end(failure))
          .thenCompose(ended -> ended)
          .thenCompose(this::keep)
          .whenComplete((kept, failure) -> {
            if (failure != null) {
              LOG.warn("the end of migration {} is not kept", migration.id(), failure);
            }
          });
    }

    private <T> CompletionStage<T> step(Step step, Supplier<CompletionStage<T>> action) {
      enter(step);
      return action.get();
    }

    private void enter(Step step) {
      migration = migration.at(step);
      LOG.info("migration {} of {}: {}", migration.id(), tenant, step);
    }

    private CompletionStage<?> hold() {
      return agents
          .askAll(
              replyTo ->
                  new PlacementCommand.Hold(List.of(), List.of(tenant), migration.id(), replyTo),
              PATIENCE)
          .thenAccept(Move::requireHeld);
    }

    private static void requireHeld(List<PlacementReply> replies) {
      for (PlacementReply reply : replies) {
        if (reply instanceof PlacementReply.Busy busy) {
          throw new IllegalStateException("the tenant is moved by " + busy.mover() + " just now");
        }
      }
    }

    /** Once the nodes have let go the tenant may be back where it was. */
    private void requireHeldAndRunning(boolean running) {
      if (!running) {
        throw new IllegalStateException("it was ended before the tenant's cell was stored");
      }
      if (pause() > LONGEST_PREPARATION.toMillis()) {
        throw new IllegalStateException("the tenant took too long to stop");
      }
    }

    private CompletionStage<TenantReply> depart() {
      return AskPattern.<ShardingEnvelope<TenantCommand>, TenantReply>ask(
              region,
              replyTo -> new ShardingEnvelope<>(tenant, new TenantCommand.Depart(replyTo)),
              PATIENCE,
              system.scheduler())
          .thenApply(reply -> {
            if (reply instanceof TenantReply.Accepted) {
              return reply;
            }
            throw new IllegalStateException("the tenant cannot stop now: " + reply);
          });
    }

    private CompletionStage<?> tell() {
      return agents.askAll(
          replyTo -> new PlacementCommand.Give(tenant, cell, migration.id(), replyTo), PATIENCE);
    }

    /** What was stored may be there although nobody has said so. */
    private CompletionStage<Migration> end(@Nullable Throwable failure) {
      if (failure == null) {
        enter(Step.RELEASE);
        release();
        return CompletableFuture.completedFuture(completed());
      }
      if (migration.step().compareTo(Step.STORE) < 0) {
        release();
        return CompletableFuture.completedFuture(failed(failure));
      }
      return store
          .cellOf(tenant)
          .thenApply(
              stored -> stored.filter(cell::equals).isPresent() ? completed() : failed(failure));
    }

    private void release() {
      agents.tellAll(new PlacementCommand.Release(List.of(), List.of(tenant), migration.id()));
    }

    private Migration completed() {
      return migration.completed(pause(), time.epochMillis());
    }

    private Migration failed(Throwable failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return migration.failed(String.valueOf(cause.getMessage()), pause(), time.epochMillis());
    }

    private long pause() {
      return Duration.ofNanos(time.nanoTime() - since).toMillis();
    }

    private CompletionStage<Migration> keep(Migration ended) {
      LOG.info("{}", ended);
      return ends.end(ended)
          .thenCompose(kept ->
              kept
                  ? CompletableFuture.completedFuture(ended)
                  : store.migrations(tenant).thenApply(all -> kept(all, ended)));
    }

    /** As it was kept before: by another one, or as this end by a try without an answer. */
    private Migration kept(List<Migration> all, Migration ended) {
      Migration kept = withId(all, migration.id());
      if (kept.equals(ended)) {
        ends.tellAgain(List.of(kept));
      }
      return kept;
    }
  }
}
