package io.atoll.metrics;

import io.atoll.plan.Tier;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much of each quota the tenants with a label of their own use, from 0 to 1. Thread-safe. */
final class LimitUsage implements Collector {
  private final TenantLabels tenants;
  private final ConcurrentHashMap<String, Tier> tiers = new ConcurrentHashMap<>();
  private volatile Map<String, Map<String, Double>> percentByTenant = Map.of();

  LimitUsage(TenantLabels tenants) {
    this.tenants = tenants;
  }

  /** Remembers the tier of a tenant that has a label. */
  void seen(String tenant, Tier tier) {
    if (tiers.get(tenant) != tier && tenants.holds(tenant)) {
      tiers.put(tenant, tier);
    }
  }

  void show(Map<String, Map<String, Double>> percent) {
    tiers.keySet().removeIf(tenant -> !tenants.holds(tenant));
    percentByTenant = Map.copyOf(percent);
  }

  @Override
  public MetricSnapshot collect() {
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder().name("atoll_limit_usage_ratio").help("Use of quotas, 0 to 1.");
    percentByTenant.forEach((tenant, percent) -> {
      Tier tier = tiers.get(tenant);
      if (tier != null) {
        percent.forEach(
            (quota, value) -> snapshot.dataPoint(point(tenant, tier, quota, value / 100)));
      }
    });
    return snapshot.build();
  }

  private static GaugeDataPointSnapshot point(
      String tenant, Tier tier, String quota, double ratio) {
    return GaugeDataPointSnapshot.builder()
        .labels(Labels.of("tenant", tenant, "tier", tier.name(), "quota", quota))
        .value(ratio)
        .build();
  }
}
