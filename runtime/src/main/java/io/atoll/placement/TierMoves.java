package io.atoll.placement;

import io.atoll.plan.Tier;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves tenants to the nodes of their tier, where nodes have tiers. A move that fails is tried
 * again a few times, each time after a longer pause. Thread-safe.
 */
final class TierMoves {
  static final int TRIES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(TierMoves.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Way way;
  private final UnaryOperator<String> cellOf;

  /** The way to the nodes. */
  interface Way {
    /** The tiers that each node serves. */
    Map<String, Set<Tier>> tiers();

    /** Moves the tenant; completes with the end of the migration. */
    CompletionStage<Migration> move(String tenant, MoveTarget target);

    /** The tier of the tenant now; empty when there is no such tenant. */
    CompletionStage<Optional<Tier>> tierOf(String tenant);

    /** Does it after a while. */
    void later(Duration pause, Runnable action);
  }

  TierMoves(Way way, UnaryOperator<String> cellOf) {
    this.way = way;
    this.cellOf = cellOf;
  }

  /**
   * Begins to move the tenant if its place is not one of its tier; done when it has moved, or when
   * it has to be tried again later.
   */
  CompletionStage<Void> follow(String tenant, Tier tier) {
    return attempt(tenant, tier, 1);
  }

  private CompletionStage<Void> attempt(String tenant, Tier tier, int number) {
    if (!isTiered() || fits(cellOf.apply(tenant), tier)) {
      return CompletableFuture.completedFuture(null);
    }
    return way.move(tenant, new MoveTarget.OfTier(tier))
        .handle((ended, failure) -> {
          if (failure != null || ended.status() == Migration.Status.FAILED) {
            failed(tenant, number, failure == null ? ended.error() : failure.toString());
          }
          return null;
        });
  }

  private void failed(String tenant, int number, @Nullable String reason) {
    if (number < TRIES) {
      way.later(PAUSE.multipliedBy(number), () -> again(tenant, number + 1));
    } else {
      LOG.warn("{} does not move to its tier: {}", tenant, reason);
    }
  }

  /** The plan may be another one by now. */
  private void again(String tenant, int number) {
    way.tierOf(tenant)
        .whenComplete((tier, failure) -> {
          if (failure != null) {
            failed(tenant, number, failure.toString());
          } else {
            tier.ifPresent(now -> attempt(tenant, now, number));
          }
        });
  }

  /** Whether it matters where a tier's cells are. */
  private boolean isTiered() {
    return way.tiers().values().stream().anyMatch(tiers -> tiers.size() < Tier.values().length);
  }

  /** A node that is away may serve the tier when it is back. */
  private boolean fits(String cell, Tier tier) {
    return PinnedCell.of(cell)
        .map(pinned -> way.tiers().getOrDefault(pinned.node(), Set.of(tier)).contains(tier))
        .orElseGet(() -> CellNames.tier(cell) == tier);
  }
}
