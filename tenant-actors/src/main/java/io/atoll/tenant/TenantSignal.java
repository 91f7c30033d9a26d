package io.atoll.tenant;

/** What a tenant's own parts tell it. */
sealed interface TenantSignal extends TenantCommand permits TenantSignal.Idle {
  /** Nobody has asked for a while. */
  record Idle() implements TenantSignal {}
}
