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
import java.util.function.Function;
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
  private static final CompletionStage<Void> STAYS = CompletableFuture.completedStage(null);

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

  /** Moves the tenant if its place is not one of its tier; done when it has moved or stays. */
  CompletionStage<Void> follow(String tenant, Tier tier) {
    return attempt(tenant, tier, 1);
  }

  /** The same for a tenant that may have another tier by now. */
  CompletionStage<Void> followOnceAsked(String tenant, Tier tier) {
    return isAstray(tenant, tier) ? again(tenant, 1) : STAYS;
  }

  private CompletionStage<Void> attempt(String tenant, Tier tier, int number) {
    return isAstray(tenant, tier)
        ? way.move(tenant, new MoveTarget.OfTier(tier))
            .handle((ended, failure) ->
                failure != null || ended.status() == Migration.Status.FAILED
                    ? failed(tenant, number, failure == null ? ended.error() : failure.toString())
                    : STAYS)
            .thenCompose(Function.identity())
        : STAYS;
  }

  private CompletionStage<Void> failed(String tenant, int number, @Nullable String reason) {
    if (number == TRIES) {
      LOG.warn("{} does not move to its tier: {}", tenant, reason);
      return STAYS;
    }
    CompletableFuture<Void> pause = new CompletableFuture<>();
    way.later(PAUSE.multipliedBy(number), () -> pause.complete(null));
    return pause.thenCompose(over -> again(tenant, number + 1));
  }

  /** The plan may be another one by now. */
  private CompletionStage<Void> again(String tenant, int number) {
    return way.tierOf(tenant)
        .handle((tier, failure) ->
            failure == null
                ? tier.map(now -> attempt(tenant, now, number)).orElse(STAYS)
                : failed(tenant, number, failure.toString()))
        .thenCompose(Function.identity());
  }

  private boolean isAstray(String tenant, Tier tier) {
    return isTiered() && !fits(cellOf.apply(tenant), tier);
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
