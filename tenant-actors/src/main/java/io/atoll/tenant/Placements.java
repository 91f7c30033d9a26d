package io.atoll.tenant;

import io.atoll.plan.Tier;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which cell each tenant belongs to, as this node knows it: the one that its id stands for, unless
 * it was given another. All nodes of a cluster must know the same. Thread-safe.
 */
public final class Placements {
  private final ConcurrentHashMap<String, String> given = new ConcurrentHashMap<>();

  /** The cell that the tenant's id stands for among those of a tier; C is that of all at first. */
  public static String cellOf(Tier tier, String tenantId) {
    return tier == Tier.C ? TenantCells.ofId(tenantId) : TenantCells.cell(tier, tenantId);
  }

  /** The cell of the tenant. */
  public String cellOf(String tenantId) {
    String cell = given.isEmpty() ? null : given.get(tenantId);
    return cell == null ? TenantCells.ofId(tenantId) : cell;
  }

  /** The cell that the tenant was given, null when it has the one of its id. */
  public @Nullable String given(String tenantId) {
    return given.get(tenantId);
  }

  /** Gives the tenant a cell; null gives it back the one of its id. */
  public void give(String tenantId, @Nullable String cell) {
    if (cell == null) {
      given.remove(tenantId);
    } else {
      given.put(tenantId, cell);
    }
  }

  /** Whether the tenant belongs to what moves. */
  boolean isIn(MoveScope scope, String tenantId) {
    return switch (scope) {
      case MoveScope.OfCell ofCell -> cellOf(tenantId).equals(ofCell.cell());
      case MoveScope.OfTenant ofTenant -> tenantId.equals(ofTenant.tenantId());
    };
  }
}
