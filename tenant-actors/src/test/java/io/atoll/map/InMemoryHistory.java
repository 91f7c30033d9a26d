package io.atoll.map;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Notes what was trimmed and erased. Thread-safe. */
public final class InMemoryHistory implements History {
  private final Map<String, Long> trimmed = new ConcurrentHashMap<>();
  private final Set<String> erased = ConcurrentHashMap.newKeySet();

  /** Up to where the stream was trimmed, 0 if it was not. */
  public long trimmedTo(String persistenceId) {
    return trimmed.getOrDefault(persistenceId, 0L);
  }

  /** The streams that were erased. */
  public Set<String> erased() {
    return Set.copyOf(erased);
  }

  @Override
  public CompletionStage<Void> trim(String persistenceId, long toSequenceNr) {
    trimmed.merge(persistenceId, toSequenceNr, Math::max);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> erase(String persistenceId) {
    erased.add(persistenceId);
    return CompletableFuture.completedFuture(null);
  }
}
