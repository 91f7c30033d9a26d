package io.atoll.http.session;

import io.atoll.map.Operation;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.tenant.TenantCommand;
import org.jspecify.annotations.Nullable;

/** The way from a session to tenants. Thread-safe. */
public interface TenantLink {
  /** Sends a command; what one thread sends to one tenant arrives in that order. */
  void tell(String tenantId, TenantCommand.Public command);

  /**
   * Lets one operation more be under way, until {@link #release}; or says why it is refused at
   * once, without the tenant being asked.
   */
  @Nullable EarlyRefusal acquire(String tenantId, Operation operation);

  /**
   * Lets one request without operations be under way, until {@code release} of one; or says why it
   * is refused at once.
   */
  @Nullable EarlyRefusal acquireRequest(String tenantId);

  /**
   * A tenant of this tier has refused the operation, which was sent at {@code sentAt} (monotonic
   * nanoseconds): for a moment {@link #acquire} refuses what the tenant would.
   */
  void denied(
      String tenantId, @Nullable Tier tier, Operation operation, Denial denial, long sentAt);

  /** So many operations are over. */
  void release(String tenantId, int operations);
}
