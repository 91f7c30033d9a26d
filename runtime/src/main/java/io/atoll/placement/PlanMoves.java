package io.atoll.placement;

import io.atoll.plan.Plan;
import io.atoll.plan.Plans;
import io.atoll.plan.Tier;
import io.atoll.tenant.Directory;
import io.atoll.tenant.TenantStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the tenants of a plan to the nodes of its tier, one after the other, in the order of the
 * directory. Thread-safe.
 */
final class PlanMoves {
  private static final Logger LOG = LoggerFactory.getLogger(PlanMoves.class);
  private static final int PAGE = 100;

  private final Function<Directory.Query, CompletionStage<Directory.Page>> list;
  private final Supplier<Plans> plans;
  private final BiFunction<String, Tier, CompletionStage<Void>> move;

  /** How often it was asked for plans whose tenants are on their way. */
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  /**
   * {@code list} reads a page of the directory; {@code move} brings a tenant to a tier, and is done
   * when the next one may go.
   */
  PlanMoves(
      Function<Directory.Query, CompletionStage<Directory.Page>> list,
      Supplier<Plans> plans,
      BiFunction<String, Tier, CompletionStage<Void>> move) {
    this.list = list;
    this.plans = plans;
    this.move = move;
  }

  /** Begins, or begins again once those who are on their way are there. */
  void follow(String plan) {
    if (underWay.merge(plan, 1, Integer::sum) == 1) {
      walk(plan, 1);
    }
  }

  private void walk(String plan, int asked) {
    CompletableFuture.completedStage(null)
        .thenCompose(begun -> from(plan, null))
        .whenComplete((done, failure) -> {
          if (failure != null) {
            LOG.warn("not all tenants of plan {} go to the nodes of its tier", plan, failure);
          }
          Integer more = underWay.computeIfPresent(plan, (name, now) -> now == asked ? null : now);
          if (more != null) {
            walk(plan, more);
          }
        });
  }

  private CompletionStage<Void> from(String plan, @Nullable String cursor) {
    return list.apply(new Directory.Query(null, plan, null, null, any -> true, PAGE, cursor))
        .thenCompose(page -> {
          CompletionStage<Void> moved = CompletableFuture.completedFuture(null);
          for (Directory.Listing tenant : page.items()) {
            moved = moved.thenCompose(before -> move(plan, tenant));
          }
          String next = page.nextCursor();
          return next == null ? moved : moved.thenCompose(all -> from(plan, next));
        });
  }

  /** The tier of the plan may be another one by now. */
  private CompletionStage<Void> move(String plan, Directory.Listing tenant) {
    Optional<Plan> now = plans.get().find(plan);
    boolean isDeleted = tenant.status().equals(TenantStatus.DELETED.apiName());
    return now.isEmpty() || isDeleted
        ? CompletableFuture.completedFuture(null)
        : move.apply(tenant.id(), now.get().tier());
  }
}
