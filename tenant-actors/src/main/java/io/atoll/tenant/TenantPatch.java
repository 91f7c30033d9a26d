package io.atoll.tenant;

import io.atoll.quota.QuotaPatch;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON merge patch (RFC 7396) of a tenant. A null field is left as it is; an empty {@code
 * Optional} (JSON null) goes back to the default. {@code metadataPatchJson} is itself a merge
 * patch, as text, or {@link #REMOVE_METADATA}.
 */
public record TenantPatch(
    @Nullable String name,
    @Nullable String plan,
    @Nullable TenantStatus status,
    @Nullable QuotaPatch quotas,
    Map<String, Optional<Boolean>> features,
    @Nullable String metadataPatchJson,
    @Nullable Change<String> email,
    @Nullable Change<Residency> residency) {
  /** Leaves no metadata. */
  public static final String REMOVE_METADATA = "null";

  public TenantPatch {
    features = Map.copyOf(features);
  }

  /** What a field becomes; null for its default. */
  public record Change<T>(@Nullable T to) {}
}
