package io.atoll.http.route;

import io.atoll.http.Configuration;
import io.atoll.http.EdgeMemory;
import io.atoll.map.Operation;
import io.atoll.plan.ListedPlan;
import io.atoll.plan.Plan;
import io.atoll.plan.PlanBook;
import io.atoll.plan.PlanStore.Snapshot;
import io.atoll.plan.PlanStore.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One node that keeps plans in memory, and another that has a bad file. */
final class FakeConfiguration implements Configuration {
  final List<Reload> reloads = new ArrayList<>();
  final PlanBook book = new PlanBook();
  private final Runnable changed;
  private Snapshot stored = Snapshot.EMPTY;
  private EdgeMemory memory = EdgeMemory.NONE;
  private Optional<PlanChange> fixed = Optional.empty();
  private boolean failing;

  /** {@code changed} is run when a plan has changed. */
  FakeConfiguration(Runnable changed) {
    this.changed = changed;
  }

  void serves(EdgeMemory edge) {
    memory = edge;
  }

  /** From now on this is what comes of every change. */
  void answer(PlanChange change) {
    fixed = Optional.of(change);
  }

  /** From now on the store does not answer. */
  void fail() {
    failing = true;
  }

  @Override
  public PlanBook plans() {
    return book;
  }

  @Override
  public CompletionStage<PlanChange> keep(Plan plan, long condition) {
    if (failing) {
      return CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
    }
    return CompletableFuture.completedFuture(fixed.orElseGet(() -> put(plan, condition)));
  }

  private PlanChange put(Plan plan, long condition) {
    Optional<ListedPlan> before = book.find(plan.name());
    long version = before.map(ListedPlan::version).orElse(Operation.ABSENT);
    if (condition == Operation.PRESENT
        ? before.isEmpty()
        : condition >= 0 && condition != version) {
      return new PlanChange.Mismatch();
    }
    stored = stored.with(plan);
    if (book.store(stored)) {
      changed.run();
    }
    return new PlanChange.Kept(ListedPlan.of(new Stored(plan, stored.revision())), before);
  }

  @Override
  public CompletionStage<List<Reloaded>> reload(Reload scope) {
    reloads.add(scope);
    switch (scope.memory()) {
      case Memory.OfAll all -> memory.forgetAll();
      case Memory.OfTenant(var tenantId) -> memory.forget(tenantId);
      case Memory.OfNobody nobody -> {}
    }
    return CompletableFuture.completedFuture(
        List.of(
            new Reloaded(FakeCluster.FIRST, Reloaded.DONE, null, List.of("atoll.data-folder")),
            new Reloaded(FakeCluster.SILENT, Reloaded.FAILED, "a.conf: bad", List.of())));
  }
}
