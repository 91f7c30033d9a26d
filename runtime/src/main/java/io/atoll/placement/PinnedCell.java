package io.atoll.placement;

import java.util.Optional;

/**
 * A cell that belongs to one node for as long as that is there: tenants that were moved to a node
 * share a few of them.
 */
record PinnedCell(String node, int number) {
  private static final int CELLS_OF_A_NODE = 16;
  private static final char MARK = '@';

  /** The cell for this tenant on this node (host:port). */
  static PinnedCell of(String tenantId, String node) {
    return new PinnedCell(node, Math.floorMod(tenantId.hashCode(), CELLS_OF_A_NODE));
  }

  /** Reads a cell's name; empty when that cell is pinned to no node. */
  static Optional<PinnedCell> of(String cell) {
    int mark = cell.indexOf(MARK);
    return mark < 0
        ? Optional.empty()
        : Optional.of(
            new PinnedCell(cell.substring(mark + 1), Integer.parseInt(cell.substring(0, mark))));
  }

  /** The cell's name. */
  String cell() {
    return number + String.valueOf(MARK) + node;
  }
}
