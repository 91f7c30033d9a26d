package io.atoll.cluster;

import io.atoll.formation.Formation;
import io.atoll.formation.FormationStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Formations in memory, where nobody is forgotten by time alone. */
final class MemoryFormationStore implements FormationStore {
  final AtomicLong number = new AtomicLong();
  final Map<String, Long> nodes = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();

  /** So many sayings come to nothing. */
  final AtomicInteger failures = new AtomicInteger();

  @Override
  public CompletionStage<Formation> read() {
    reads.incrementAndGet();
    return CompletableFuture.completedFuture(new Formation(number.get(), nodes));
  }

  @Override
  public CompletionStage<Boolean> form(long last) {
    return CompletableFuture.completedFuture(number.compareAndSet(last, last + 1));
  }

  @Override
  public CompletionStage<Void> say(String node, long current, Duration life) {
    if (failures.get() > 0) {
      failures.decrementAndGet();
      return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
    }
    nodes.put(node, current);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> forget(String node) {
    nodes.remove(node);
    return CompletableFuture.completedFuture(null);
  }
}
