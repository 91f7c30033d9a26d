package io.atoll.tenant;

import io.atoll.access.Scope;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionStatus;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a tenant answers to everything but operations and watches. */
public sealed interface TenantReply {
  /** The tenant as it now is. */
  record Described(TenantView tenant) implements TenantReply {}

  /** Done; there is nothing to say. */
  record Accepted() implements TenantReply {}

  /** Refused; nothing has changed. */
  record Refused(Refusal refusal) implements TenantReply {}

  /** The new key; {@code text} is the credential itself and is kept nowhere. */
  record KeyMade(KeyView key, String text) implements TenantReply {
    @Override
    public String toString() {
      return "KeyMade[" + key.id() + "]";
    }
  }

  record KeysListed(List<KeyView> keys) implements TenantReply {}

  /** The key is good, with these scopes, until {@code expiresAt} (epoch millis, -1 for ever). */
  record KeyVerified(String keyId, Set<Scope> scopes, long expiresAt) implements TenantReply {}

  /** The session is open; the tenant is of this tier now. */
  record SessionOpened(String sessionId, Tier tier) implements TenantReply {}

  /** Usage in order of time. A bucket's {@code minute} is where its period begins. */
  record UsageRead(String tenantId, Period period, List<UsageBucket> buckets)
      implements TenantReply {}

  /** Live figures by quota name; the utilization is in percent, 0 for unlimited. */
  record StatsRead(
      String tenantId,
      Map<String, Double> usage,
      io.atoll.quota.Quotas quotas,
      Map<String, Double> utilization)
      implements TenantReply {}

  /** Where the operations rate stands. */
  record RateRead(RateStatus rate) implements TenantReply {}

  record ActionRead(ActionStatus status) implements TenantReply {}
}
