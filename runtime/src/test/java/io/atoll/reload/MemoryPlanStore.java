package io.atoll.reload;

import io.atoll.plan.Plan;
import io.atoll.plan.PlanStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stored plans in memory, which several nodes of a test may share. */
final class MemoryPlanStore implements PlanStore {
  private Snapshot stored = Snapshot.EMPTY;
  private boolean down;
  private int reads;

  /** Something that happens between a look and the change that follows on it. */
  private Runnable interlude = () -> {};

  synchronized void down(boolean isDown) {
    down = isDown;
  }

  synchronized void between(Runnable happening) {
    interlude = happening;
  }

  synchronized int reads() {
    return reads;
  }

  @Override
  public synchronized CompletionStage<Long> revision() {
    return read().thenApply(Snapshot::revision);
  }

  @Override
  public synchronized CompletionStage<Snapshot> read() {
    reads++;
    return down
        ? CompletableFuture.failedFuture(new IllegalStateException("the store is down"))
        : CompletableFuture.completedFuture(stored);
  }

  @Override
  public synchronized CompletionStage<Boolean> keep(Plan plan, long seen) {
    Runnable happening = interlude;
    interlude = () -> {};
    happening.run();
    if (stored.revision() != seen) {
      return CompletableFuture.completedFuture(false);
    }
    stored = stored.with(plan);
    return CompletableFuture.completedFuture(true);
  }
}
