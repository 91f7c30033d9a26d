package io.atoll.tenant;

import io.atoll.plan.Tier;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.Quotas;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as the API shows it. {@code quotas} are those in force, {@code quotaOverrides} the
 * tenant's own; {@code features} are those in force. Times are epoch milliseconds.
 */
public record TenantView(
    String id,
    String name,
    String plan,
    Tier tier,
    TenantStatus status,
    Quotas quotas,
    QuotaOverrides quotaOverrides,
    Map<String, Boolean> features,
    String metadataJson,
    @Nullable String email,
    Residency residency,
    String cell,
    long lastAccessAt,
    long dataBytes,
    long version,
    long createdAt,
    long updatedAt) {}
