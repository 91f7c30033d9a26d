package io.atoll.reload;

import io.atoll.http.Configuration.PlanChange;
import io.atoll.map.Operation;
import io.atoll.plan.ListedPlan;
import io.atoll.plan.Plan;
import io.atoll.plan.PlanBook;
import io.atoll.plan.PlanStore;
import io.atoll.store.FirstReading;
import io.atoll.store.StoreRefusedException;
import io.atoll.tenant.HotTenants;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The plans of a node: what is stored, and what the configuration says. Whenever a plan changes,
 * the tenants in memory are told. Thread-safe.
 */
public final class NodePlans {
  private static final Duration START_BOUND = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 10;

  private final PlanBook book;
  private final PlanStore store;
  private final Runnable changed;

  /** {@code changed} is run after each change of a plan. */
  NodePlans(PlanBook book, PlanStore store, Runnable changed) {
    this.book = book;
    this.store = store;
    this.changed = changed;
  }

  /**
   * The plans of a node that starts: no tenant may start before it knows them. Blocks.
   *
   * @throws StoreRefusedException when the stored plans cannot be read
   */
  public static NodePlans open(
      PlanBook book, PlanStore store, Collection<Plan> configured, HotTenants hot) {
    NodePlans plans = new NodePlans(book, store, hot::plansChanged);
    plans.configure(configured);
    try {
      FirstReading.await(plans::refresh, START_BOUND);
    } catch (CompletionException failed) {
      throw new StoreRefusedException(
          "The stored plans cannot be read: " + failed.getCause(), failed);
    }
    return plans;
  }

  /** The plans in force. */
  public PlanBook book() {
    return book;
  }

  /** Puts the plans of the configuration in force. */
  void configure(Collection<Plan> plans) {
    if (book.configure(plans)) {
      changed.run();
    }
  }

  /** Puts in force what is stored now; a store without changes is asked for its revision only. */
  CompletionStage<Void> refresh() {
    return store
        .revision()
        .thenCompose(revision ->
            revision > book.revision()
                ? store.read().thenAccept(this::put)
                : CompletableFuture.completedFuture(null));
  }

  /** Stores the plan if it is as {@code condition} says, and puts it in force on this node. */
  CompletionStage<PlanChange> keep(Plan plan, long condition) {
    return keep(plan, condition, ATTEMPTS);
  }

  private CompletionStage<PlanChange> keep(Plan plan, long condition, int attempts) {
    return store
        .read()
        .thenCompose(stored -> {
          put(stored);
          Optional<ListedPlan> before = book.find(plan.name());
          if (!holds(condition, before)) {
            return CompletableFuture.completedFuture(new PlanChange.Mismatch());
          }
          return store
              .keep(plan, stored.revision())
              .thenCompose(kept ->
                  kept
                      ? CompletableFuture.completedFuture(kept(plan, stored, before))
                      : again(plan, condition, attempts - 1));
        });
  }

  private PlanChange kept(Plan plan, PlanStore.Snapshot stored, Optional<ListedPlan> before) {
    PlanStore.Snapshot after = stored.with(plan);
    put(after);
    return new PlanChange.Kept(ListedPlan.of(new PlanStore.Stored(plan, after.revision())), before);
  }

  /** Others have stored plans meanwhile. */
  private CompletionStage<PlanChange> again(Plan plan, long condition, int attempts) {
    return attempts > 0
        ? keep(plan, condition, attempts)
        : CompletableFuture.completedFuture(new PlanChange.Contended());
  }

  private static boolean holds(long condition, Optional<ListedPlan> plan) {
    if (condition == Operation.ANY) {
      return true;
    }
    if (condition == Operation.ABSENT) {
      return plan.isEmpty();
    }
    return plan.isPresent()
        && (condition == Operation.PRESENT || plan.get().version() == condition);
  }

  private void put(PlanStore.Snapshot stored) {
    if (book.store(stored)) {
      changed.run();
    }
  }
}
