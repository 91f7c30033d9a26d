package io.atoll.tenant;

import io.atoll.quota.QuotaOverrides;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a new tenant shall be. {@code metadataJson} is a JSON object as text; features are the
 * tenant's own switches over those of its plan.
 */
public record TenantSpec(
    String name,
    String plan,
    QuotaOverrides quotas,
    Map<String, Boolean> features,
    String metadataJson,
    @Nullable String email,
    Residency residency) {
  public TenantSpec {
    features = Map.copyOf(features);
  }
}
