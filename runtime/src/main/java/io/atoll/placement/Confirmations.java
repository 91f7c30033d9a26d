package io.atoll.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes have confirmed this one, and when it had asked them. Counts as Pekko's split-brain
 * resolver does, which keeps the majority and, of two halves, the one with the lowest address.
 */
final class Confirmations {
  private final String self;
  private final Map<String, Long> asked = new HashMap<>();

  Confirmations(String self) {
    this.self = self;
  }

  /** The node has confirmed what was asked at this monotonic time. */
  void by(String node, long at) {
    asked.merge(node, at, (one, other) -> one - other > 0 ? one : other);
  }

  boolean hasEverConfirmed(String node) {
    return asked.containsKey(node);
  }

  /** The node is gone: who comes under its name is another. */
  void gone(String node) {
    asked.remove(node);
  }

  /**
   * The latest monotonic time from which on the larger part of the seats has confirmed what it was
   * asked; empty if that was never so, or when the node has no seat any more. The node itself
   * counts as one of them, and so does a node of an older version, which confirms nothing, while it
   * can be reached.
   */
  OptionalLong since(List<Agents.Seat> seats, long now) {
    List<String> nodes = seats.stream().map(Agents.Seat::node).toList();
    if (!nodes.contains(self)) {
      return OptionalLong.empty();
    }
    Map<Long, Set<String>> byAge = new TreeMap<>();
    for (Agents.Seat seat : seats) {
      Long age = age(seat, now);
      if (age != null) {
        byAge.computeIfAbsent(age, added -> new HashSet<>()).add(seat.node());
      }
    }
    Set<String> part = new HashSet<>();
    for (Map.Entry<Long, Set<String>> confirmed : byAge.entrySet()) {
      part.addAll(confirmed.getValue());
      if (isLarger(part, nodes)) {
        return OptionalLong.of(now - confirmed.getKey());
      }
    }
    return OptionalLong.empty();
  }

  /** How old the last confirmation is, or null if there is none. */
  private @Nullable Long age(Agents.Seat seat, long now) {
    Long at = asked.get(seat.node());
    if (seat.node().equals(self)) {
      return 0L;
    }
    if (at == null) {
      return seat.reachable() ? 0L : null;
    }
    return now - at;
  }

  /** Whether this part of the nodes, given in the order of their addresses, goes on in a split. */
  static boolean isLarger(Collection<String> part, List<String> nodes) {
    int twice = 2 * part.size();
    return twice > nodes.size() || (twice == nodes.size() && part.contains(nodes.getFirst()));
  }
}
