package io.atoll.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which node has which cell, and the rules of where they belong: a pinned cell on its node, the
 * others on all nodes alike, none on a node that leaves unless there is no other. Nodes are named
 * by host:port. Not thread-safe.
 */
final class CellBoard {
  /** Nodes whose numbers of cells differ by less than this share of the larger are alike. */
  private static final double ALIKE = 0.1;

  private final List<Node> nodes;
  private final List<Node> staying;

  private static final class Node {
    final String name;
    final List<String> cells;

    Node(String name, Collection<String> cells) {
      this.name = name;
      this.cells = new ArrayList<>(cells);
    }

    int load() {
      return cells.size();
    }
  }

  /** There must be a node. */
  CellBoard(Map<String, ? extends Collection<String>> cellsByNode, Set<String> leaving) {
    this.nodes =
        cellsByNode.entrySet().stream()
            .map(entry -> new Node(entry.getKey(), entry.getValue()))
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
    return pinned(cell).orElseGet(this::least);
  }

  /**
   * The moves to make next, at most so many: first cells leave the nodes that leave and pinned ones
   * go home, then, while none leaves, the nodes are made alike.
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
    return !staying.contains(node) || pinned(cell).filter(home -> home != node).isPresent();
  }

  private List<CellMove> alike(int most) {
    List<CellMove> moves = new ArrayList<>();
    boolean alike = false;
    while (moves.size() < most && !alike) {
      Node from = greatest();
      Node to = least();
      Optional<String> cell = from.cells.reversed().stream().filter(CellBoard::isFree).findFirst();
      alike = from.load() - to.load() <= Math.max(1, ALIKE * from.load()) || cell.isEmpty();
      if (!alike) {
        moves.add(move(cell.orElseThrow(), from, to));
      }
    }
    return moves;
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

  private static boolean isFree(String cell) {
    return PinnedCell.of(cell).isEmpty();
  }

  private Node least() {
    return staying.stream().min(Comparator.comparingInt(Node::load)).orElseThrow();
  }

  private Node greatest() {
    return staying.stream().max(Comparator.comparingInt(Node::load)).orElseThrow();
  }
}
