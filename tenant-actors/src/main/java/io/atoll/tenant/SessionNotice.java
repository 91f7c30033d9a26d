package io.atoll.tenant;

/** What a tenant tells its open sessions. */
public sealed interface SessionNotice {
  String tenantId();

  /** A cap or rate of the tenant is used to this many percent; told at 80 and at 95. */
  record QuotaNotice(String tenantId, String quota, double utilization) implements SessionNotice {}

  /** The session is over. */
  record End(String tenantId, Reason reason) implements SessionNotice {}

  /** The tenant is leaving this place: open the session again, as resumed. */
  record Reopen(String tenantId) implements SessionNotice {}

  /** Why a session is over. */
  enum Reason {
    SUSPENDED,
    DELETED,
    KEY_REVOKED,
    KEY_EXPIRED
  }
}
