package io.atoll.tenant;

/** What moves from one place of the cluster to another at a time. */
public sealed interface MoveScope {
  /** All tenants of a cell. */
  record OfCell(String cell) implements MoveScope {}

  /** One tenant alone. */
  record OfTenant(String tenantId) implements MoveScope {}
}
