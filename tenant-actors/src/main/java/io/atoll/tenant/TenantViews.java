package io.atoll.tenant;

import io.atoll.access.ApiKey;
import io.atoll.plan.EffectivePlan;
import io.atoll.plan.Plans;
import io.atoll.tenant.TenantState.Present;
import java.util.List;
import java.util.function.ToLongFunction;

/** Shows a tenant as the API does. */
final class TenantViews {
  private TenantViews() {}

  /** The tenant; its live bytes, and when it was last used, are known in memory only. */
  static TenantView view(
      String tenantId, Present state, Plans plans, long dataBytes, long lastAccessAt) {
    return view(
        tenantId, state.status(), state.tenant().description(), plans, dataBytes, lastAccessAt);
  }

  /** The tenant as it was created. */
  static TenantView created(String tenantId, TenantSpec spec, long at, Plans plans) {
    return view(
        tenantId, TenantStatus.ACTIVE, new Tenant.Description(spec, 1, at, at), plans, 0, at);
  }

  private static TenantView view(
      String tenantId,
      TenantStatus status,
      Tenant.Description description,
      Plans plans,
      long dataBytes,
      long lastAccessAt) {
    TenantSpec spec = description.spec();
    EffectivePlan effective = Situation.effective(plans, spec);
    return new TenantView(
        tenantId,
        spec.name(),
        spec.plan(),
        effective.plan().tier(),
        status,
        effective.quotas(),
        spec.quotas(),
        effective.features(),
        spec.metadataJson(),
        spec.email(),
        spec.residency(),
        TenantCells.cell(effective.plan().tier(), tenantId),
        lastAccessAt,
        dataBytes,
        description.version(),
        description.createdAt(),
        description.updatedAt());
  }

  /** The tenant for the directory; later lives of an id have higher numbers than earlier ones. */
  static Directory.Listing listing(TenantView view, long incarnation) {
    return new Directory.Listing(
        view.id(),
        view.name(),
        view.plan(),
        view.tier().name(),
        view.status().apiName(),
        listingVersion(incarnation, view.version()),
        TenantDocument.encode(view));
  }

  static long listingVersion(long incarnation, long version) {
    return (incarnation << Integer.SIZE) + version;
  }

  /** The highest number that a listing of this life of an id can have. */
  static long lastListing(long incarnation) {
    return listingVersion(incarnation + 1, 0) - 1;
  }

  /** The keys in the order they were made. */
  static List<KeyView> keys(String tenantId, KeyRing ring, ToLongFunction<String> lastUses) {
    return ring.keys().values().stream()
        .map((ApiKey key) -> KeyRules.view(tenantId, key, lastUses.applyAsLong(key.id())))
        .toList();
  }
}
