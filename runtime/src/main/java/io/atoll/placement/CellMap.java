package io.atoll.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which node has which cell, as the coordinator has last said. Thread-safe. */
final class CellMap {
  private volatile Map<String, String> nodeByCell = Map.of();

  /** Takes the word of the coordinator: the cells of each node. */
  void set(Map<String, ? extends Collection<String>> cellsByNode) {
    Map<String, String> next = new HashMap<>();
    cellsByNode.forEach((node, cells) -> cells.forEach(cell -> next.put(cell, node)));
    nodeByCell = Map.copyOf(next);
  }

  /** The node that has the cell; null when none has, or it is not known yet. */
  @Nullable String nodeOf(String cell) {
    return nodeByCell.get(cell);
  }

  /** All cells that are on a node, in the order of their names, with the node. */
  Map<String, String> all() {
    return new TreeMap<>(nodeByCell);
  }

  /** How many cells the node has. */
  static int count(Map<String, List<String>> cellsByNode, String node) {
    return cellsByNode.getOrDefault(node, List.of()).size();
  }
}
