package io.atoll.placement;

import io.atoll.plan.Tier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which node has which cell, as the coordinator has last said. Thread-safe. */
final class CellMap {
  private volatile Map<String, String> nodeByCell = Map.of();
  private volatile @Nullable Told told;
  private volatile List<MovedCell> moves = List.of();

  private record Told(
      Map<String, List<String>> cellsByNode, @Nullable Map<String, Integer> rates) {}

  /**
   * Takes the word of the coordinator: the cells of each node, and what they are asked for, null
   * when that does not count.
   */
  void set(
      Map<String, ? extends Collection<String>> cellsByNode, @Nullable Map<String, Integer> rates) {
    Map<String, String> next = new HashMap<>();
    cellsByNode.forEach((node, cells) -> cells.forEach(cell -> next.put(cell, node)));
    nodeByCell = Map.copyOf(next);
    Map<String, List<String>> copy = new TreeMap<>();
    cellsByNode.forEach((node, cells) -> copy.put(node, List.copyOf(cells)));
    told = new Told(copy, rates);
  }

  /** The node that has the cell; null when none has, or it is not known yet. */
  @Nullable String nodeOf(String cell) {
    return nodeByCell.get(cell);
  }

  /** All cells that are on a node, in the order of their names, with the node. */
  Map<String, String> all() {
    return new TreeMap<>(nodeByCell);
  }

  /**
   * How many cells have to move until each is where it belongs, when these nodes serve, those leave
   * and they have these tiers; -1 when it is not known yet where they are.
   */
  int toMove(Set<String> serving, Set<String> leaving, Map<String, Set<Tier>> tiers) {
    Told known = told;
    if (known == null) {
      return -1;
    }
    Map<String, List<String>> all = new TreeMap<>(known.cellsByNode());
    serving.forEach(node -> all.putIfAbsent(node, List.of()));
    Set<String> without = new TreeSet<>(all.keySet());
    without.removeAll(serving);
    without.addAll(leaving);
    return new CellBoard(all, without, tiers, weights(known)).moves(Integer.MAX_VALUE).size();
  }

  private static CellWeights weights(Told told) {
    int cells = told.cellsByNode().values().stream().mapToInt(List::size).sum();
    return told.rates() == null ? CellWeights.EVEN : CellWeights.of(told.rates(), cells);
  }

  /** By which operations a second the cells were placed; empty when that is not known. */
  Optional<Map<String, Integer>> rates() {
    return Optional.ofNullable(told).map(Told::rates);
  }

  /** Takes the word of the coordinator on the last moves, the newest first. */
  void moved(List<MovedCell> last) {
    moves = List.copyOf(last);
  }

  /** The last moves, the newest first. */
  List<MovedCell> moves() {
    return moves;
  }

  /** How many cells the node has. */
  static int count(Map<String, List<String>> cellsByNode, String node) {
    return cellsByNode.getOrDefault(node, List.of()).size();
  }
}
