package io.atoll.placement;

import io.atoll.plan.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which node has which cell, and the rules of where they belong: a pinned cell on its node, the
 * others on all nodes of their tier alike by what they weigh, none on a node that leaves unless
 * there is no other. A tier without a node is served by all of them. Nodes are named by host:port.
 * Not thread-safe.
 */
final class CellBoard {
  /** Nodes whose numbers of cells differ by at most this share of the larger are alike. */
  private static final double ALIKE = 0.1;

  /** So much more for nodes that are in use: that changes from minute to minute. */
  private static final double ALIKE_IN_USE = 0.15;

  /** What moves is at most this share of the difference, so that no move is ever taken back. */
  private static final double MOST_OF_DIFFERENCE = 0.75;

  /**
   * A node with fewer cells than this and than half of what nodes have on average is taken for one
   * that has just started: the first tenants of a process start slowly. A node of a tier with few
   * cells is taken for one, too; its cells come one by one then.
   */
  private static final int CELLS_OF_A_COLD_NODE = 12;

  private static final Set<Tier> ALL_TIERS = EnumSet.allOf(Tier.class);

  private final List<Node> nodes;
  private final List<Node> staying;
  private final CellWeights weights;
  private final double cellsOnAverage;
  private final double weightOnAverage;

  private final class Node {
    final String name;
    final Set<Tier> tiers;
    final List<String> cells;
    double load;

    Node(String name, Set<Tier> tiers, Collection<String> cells) {
      this.name = name;
      this.tiers = tiers;
      this.cells = new ArrayList<>(cells);
      this.load = cells.stream().mapToDouble(weights::of).sum();
    }

    double load() {
      return load;
    }

    boolean isCold() {
      return cells.size() < CELLS_OF_A_COLD_NODE && 2 * cells.size() < cellsOnAverage;
    }

    List<String> lightestFirst() {
      return cells.stream().sorted(Comparator.comparingDouble(weights::of)).toList();
    }

    void take(String cell) {
      cells.addFirst(cell);
      load += weights.of(cell);
    }

    void give(String cell) {
      cells.remove(cell);
      load -= weights.of(cell);
    }
  }

  /** There must be a node; one whose tiers are not given serves all. All cells weigh the same. */
  CellBoard(
      Map<String, ? extends Collection<String>> cellsByNode,
      Set<String> leaving,
      Map<String, Set<Tier>> tiers) {
    this(cellsByNode, leaving, tiers, CellWeights.EVEN);
  }

  /** The same with what each cell weighs. */
  CellBoard(
      Map<String, ? extends Collection<String>> cellsByNode,
      Set<String> leaving,
      Map<String, Set<Tier>> tiers,
      CellWeights weights) {
    this.weights = weights;
    this.cellsOnAverage =
        cellsByNode.values().stream().mapToInt(Collection::size).average().orElse(0);
    this.weightOnAverage =
        cellsByNode.values().stream()
            .flatMap(Collection::stream)
            .mapToDouble(weights::of)
            .average()
            .orElse(0);
    this.nodes =
        cellsByNode.entrySet().stream()
            .map(entry ->
                new Node(
                    entry.getKey(),
                    tiers.getOrDefault(entry.getKey(), ALL_TIERS),
                    entry.getValue()))
            .sorted(Comparator.comparing(node -> node.name))
            .toList();
    List<Node> others = nodes.stream().filter(node -> !leaving.contains(node.name)).toList();
    this.staying = others.isEmpty() ? nodes : others;
  }

  /** Whether this node has just started: its first tenants should come one after the other. */
  boolean isCold(String name) {
    return nodes.stream().anyMatch(node -> node.name.equals(name) && node.isCold());
  }

  /** The node for a cell that has none. */
  String home(String cell) {
    return homeOf(cell).name;
  }

  private Node homeOf(String cell) {
    return pinned(cell).orElseGet(() -> least(candidates(cell)));
  }

  /**
   * The moves to make at the same time: the first of the next ones, and at most so many that weigh
   * no more than so many cells do on average. What starts beside a cell that is asked for much
   * starts slowly, and nobody waits as surely as who asks for that one.
   */
  List<CellMove> round(int most) {
    double room = most * weightOnAverage;
    List<CellMove> round = new ArrayList<>();
    for (CellMove move : moves(most)) {
      room -= weights.of(move.cell());
      if (room < 0 && !round.isEmpty()) {
        return round;
      }
      round.add(move);
    }
    return round;
  }

  /**
   * The moves to make next, at most so many: first cells leave the nodes that leave, pinned ones go
   * home and others to a node of their tier, then, while none leaves and it is known what cells
   * weigh, the nodes are made alike. A node that has just started gets those first that are asked
   * for least.
   */
  List<CellMove> moves(int most) {
    List<CellMove> moves = new ArrayList<>();
    for (Node node : nodes) {
      for (String cell : node.lightestFirst()) {
        if (moves.size() < most && isAstray(cell, node)) {
          moves.add(move(cell, node, homeOf(cell)));
        }
      }
    }
    return moves.isEmpty() && weights.areKnown() && staying.size() == nodes.size()
        ? alike(most)
        : moves;
  }

  private boolean isAstray(String cell, Node node) {
    return !staying.contains(node) || !mayHave(cell, node);
  }

  private List<CellMove> alike(int most) {
    List<CellMove> moves = new ArrayList<>();
    Optional<CellMove> next = moves.size() < most ? fairer() : Optional.empty();
    while (next.isPresent()) {
      moves.add(next.get());
      next = moves.size() < most ? fairer() : Optional.empty();
    }
    return moves;
  }

  /** Moves a cell from a node that has much to one that has little and may have it. */
  private Optional<CellMove> fairer() {
    List<Node> byLoad = staying.stream().sorted(Comparator.comparingDouble(Node::load)).toList();
    for (Node from : byLoad.reversed()) {
      for (Node to : byLoad) {
        if (!areAlike(from, to)) {
          Optional<String> cell = bestToMove(from, to);
          if (cell.isPresent()) {
            return Optional.of(move(cell.get(), from, to));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean areAlike(Node from, Node to) {
    double share = ALIKE + ALIKE_IN_USE * weights.use();
    return from.load() - to.load() <= Math.max(1, share * from.load());
  }

  /**
   * Of the cells that may move the one that leaves the least difference between the two, or the
   * lightest for a node that has just started.
   */
  private Optional<String> bestToMove(Node from, Node to) {
    double difference = from.load() - to.load();
    double ideal = to.isCold() ? 0 : difference / 2;
    return from.cells.reversed().stream()
        .filter(cell -> weights.of(cell) <= MOST_OF_DIFFERENCE * difference)
        .filter(cell -> pinned(cell).isEmpty() && mayHave(cell, to))
        .min(Comparator.comparingDouble(cell -> Math.abs(ideal - weights.of(cell))));
  }

  private static CellMove move(String cell, Node from, Node to) {
    from.give(cell);
    to.take(cell);
    return new CellMove(cell, from.name, to.name);
  }

  private Optional<Node> pinned(String cell) {
    return PinnedCell.of(cell)
        .flatMap(
            pinned -> staying.stream().filter(node -> node.name.equals(pinned.node())).findFirst());
  }

  private boolean mayHave(String cell, Node node) {
    return pinned(cell).map(home -> home == node).orElseGet(() -> candidates(cell).contains(node));
  }

  /** The nodes of the tier of a cell that is not pinned to one that is there. */
  private List<Node> candidates(String cell) {
    if (PinnedCell.of(cell).isPresent()) {
      return staying;
    }
    Tier tier = CellNames.tier(cell);
    List<Node> serving = staying.stream().filter(node -> node.tiers.contains(tier)).toList();
    return serving.isEmpty() ? staying : serving;
  }

  private static Node least(List<Node> among) {
    return among.stream().min(Comparator.comparingDouble(Node::load)).orElseThrow();
  }
}
