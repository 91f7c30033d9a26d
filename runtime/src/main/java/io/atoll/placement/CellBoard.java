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
 * others on all nodes of their tier alike, none on a node that leaves unless there is no other. A
 * tier without a node is served by all of them. Nodes are named by host:port. Not thread-safe.
 */
final class CellBoard {
  /** Nodes whose numbers of cells differ by less than this share of the larger are alike. */
  private static final double ALIKE = 0.1;

  private static final Set<Tier> ALL_TIERS = EnumSet.allOf(Tier.class);

  private final List<Node> nodes;
  private final List<Node> staying;

  private static final class Node {
    final String name;
    final Set<Tier> tiers;
    final List<String> cells;

    Node(String name, Set<Tier> tiers, Collection<String> cells) {
      this.name = name;
      this.tiers = tiers;
      this.cells = new ArrayList<>(cells);
    }

    int load() {
      return cells.size();
    }
  }

  /** There must be a node; one whose tiers are not given serves all. */
  CellBoard(
      Map<String, ? extends Collection<String>> cellsByNode,
      Set<String> leaving,
      Map<String, Set<Tier>> tiers) {
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

  /** The node for a cell that has none. */
  String home(String cell) {
    return homeOf(cell).name;
  }

  private Node homeOf(String cell) {
    return pinned(cell).orElseGet(() -> least(candidates(cell)));
  }

  /**
   * The moves to make next, at most so many: first cells leave the nodes that leave, pinned ones go
   * home and others to a node of their tier, then, while none leaves, the nodes are made alike.
   */
  List<CellMove> moves(int most) {
    List<CellMove> moves = new ArrayList<>();
    for (Node node : nodes) {
      for (String cell : List.copyOf(node.cells)) {
        if (moves.size() < most && isAstray(cell, node)) {
          moves.add(move(cell, node, homeOf(cell)));
        }
      }
    }
    return moves.isEmpty() && staying.size() == nodes.size() ? alike(most) : moves;
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

  /** Moves a cell from a node that has many to one that has few and may have it. */
  private Optional<CellMove> fairer() {
    List<Node> byLoad = staying.stream().sorted(Comparator.comparingInt(Node::load)).toList();
    for (Node from : byLoad.reversed()) {
      for (Node to : byLoad) {
        if (!areAlike(from, to)) {
          Optional<String> cell =
              from.cells.reversed().stream()
                  .filter(one -> pinned(one).isEmpty() && mayHave(one, to))
                  .findFirst();
          if (cell.isPresent()) {
            return Optional.of(move(cell.get(), from, to));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean areAlike(Node from, Node to) {
    return from.load() - to.load() <= Math.max(1, ALIKE * from.load());
  }

  private CellMove move(String cell, Node from, Node to) {
    from.cells.remove(cell);
    to.cells.addFirst(cell);
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
    return among.stream().min(Comparator.comparingInt(Node::load)).orElseThrow();
  }
}
