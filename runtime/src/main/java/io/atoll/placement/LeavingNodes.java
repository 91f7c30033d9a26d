package io.atoll.placement;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The nodes that have said that they leave. Each says so again and again; one that has not for a
 * while does not leave after all. Thread-safe.
 */
final class LeavingNodes {
  private static final long MEMORY = Duration.ofSeconds(3).toNanos();

  private final ConcurrentHashMap<String, Long> said = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  LeavingNodes(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void says(String node) {
    said.put(node, nanoTime.getAsLong());
  }

  /** The node is gone: who comes under its name is another. */
  void gone(String node) {
    said.remove(node);
  }

  Set<String> now() {
    long now = nanoTime.getAsLong();
    said.values().removeIf(at -> now - at > MEMORY);
    return new HashSet<>(said.keySet());
  }
}
