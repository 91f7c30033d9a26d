package io.atoll.formation;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The clusters that were formed over a store, and the nodes that have said lately that they are
 * alive.
 *
 * @param number the number of the cluster that was formed last; 0 when none was
 * @param nodes those nodes, as host:port, with the number of the cluster that each belongs to
 */
public record Formation(long number, Map<String, Long> nodes) {
  public Formation {
    nodes = Map.copyOf(nodes);
  }

  /** The nodes that are alive beside this one, in the order of their names. */
  public Set<String> others(String node) {
    Set<String> others = new TreeSet<>(nodes.keySet());
    others.remove(node);
    return others;
  }

  /** The number of the cluster with these members; empty when none of them has said it. */
  public OptionalLong numberOf(Collection<String> members) {
    return members.stream()
        .map(nodes::get)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max();
  }
}
