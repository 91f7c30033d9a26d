package io.atoll.cassandra;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** Lets so many answers come and no more, as for a process that is killed then. Thread-safe. */
final class CutOffExecutor implements Executor {
  private int left = Integer.MAX_VALUE;
  private CompletableFuture<Void> cut = new CompletableFuture<>();

  /** From now on so many come; what is answered completes when the next one is lost. */
  synchronized CompletableFuture<Void> after(int answers) {
    left = answers;
    cut = new CompletableFuture<>();
    return cut;
  }

  synchronized void heal() {
    left = Integer.MAX_VALUE;
  }

  @Override
  public synchronized void execute(Runnable answer) {
    if (left > 0) {
      left--;
      ForkJoinPool.commonPool().execute(answer);
    } else {
      cut.complete(null);
    }
  }
}
