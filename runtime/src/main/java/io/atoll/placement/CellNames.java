package io.atoll.placement;

import io.atoll.plan.Tier;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.Placements;

/**
 * What the names of cells say: {@code 17} is a cell of tier C, in which every tenant is at first,
 * {@code A-17} one of tier A; one with a node in it is a {@link PinnedCell}.
 */
final class CellNames {
  private static final char MARK = '-';

  private CellNames() {}

  /** The cell that a tenant gets where it is to go. */
  static String of(String tenantId, MoveTarget target) {
    return switch (target) {
      case MoveTarget.OfNode ofNode -> PinnedCell.of(tenantId, ofNode.node()).cell();
      case MoveTarget.OfTier ofTier -> Placements.cellOf(ofTier.tier(), tenantId);
    };
  }

  /** The tier of a cell that is not pinned. */
  static Tier tier(String cell) {
    boolean named = cell.length() > 1 && cell.charAt(1) == MARK;
    return named ? Tier.valueOf(cell.substring(0, 1)) : Tier.C;
  }
}
