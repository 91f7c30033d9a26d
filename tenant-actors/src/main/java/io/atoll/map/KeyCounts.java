package io.atoll.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys, each as often as it was added: mostly none or few, which are kept in a row. Not
 * thread-safe.
 */
final class KeyCounts {
  private static final int FEW = 8;

  private final List<Key> few = new ArrayList<>(0);
  private @Nullable Map<Key, Integer> many;

  void add(Key key) {
    Map<Key, Integer> counts = many;
    if (counts == null && few.size() < FEW) {
      few.add(key);
      return;
    }
    if (counts == null) {
      counts = new HashMap<>();
      many = counts;
      for (Key each : few) {
        counts.merge(each, 1, Integer::sum);
      }
      few.clear();
    }
    counts.merge(key, 1, Integer::sum);
  }

  /** Takes the key away once. */
  void remove(Key key) {
    Map<Key, Integer> counts = many;
    if (counts == null) {
      few.remove(key);
      return;
    }
    counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    if (counts.isEmpty()) {
      many = null;
    }
  }

  boolean contains(Key key) {
    Map<Key, Integer> counts = many;
    return counts == null ? few.contains(key) : counts.containsKey(key);
  }

  boolean anyMatch(Predicate<Key> test) {
    Map<Key, Integer> counts = many;
    return (counts == null ? few : counts.keySet()).stream().anyMatch(test);
  }
}
