package io.atoll.quota;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a tenant uses of each rate and cap, by the quota's API name, and in percent of the limit: 0
 * for an unlimited quota, 100 for a limit of 0. Immutable.
 */
public record QuotaUsage(Map<String, Double> usage, Map<String, Double> utilization) {
  public QuotaUsage {
    usage = Collections.unmodifiableMap(new LinkedHashMap<>(usage));
    utilization = Collections.unmodifiableMap(new LinkedHashMap<>(utilization));
  }

  /** A builder in which nothing is used. */
  public static Builder builder(Quotas quotas) {
    return new Builder(quotas);
  }

  /** The percentage of a limit that is used. */
  public static double percent(long current, long limit) {
    if (limit == Quota.UNLIMITED) {
      return 0;
    }
    return limit == 0 ? 100 : current * 100.0 / limit;
  }

  /** Builds {@link QuotaUsage}. Not thread-safe. */
  public static final class Builder {
    private final Quotas quotas;
    private final Map<Quota, Long> figures = new EnumMap<>(Quota.class);

    private Builder(Quotas quotas) {
      this.quotas = quotas;
      for (Quota quota : Quota.values()) {
        if (quota.isRate() || quota.isCap()) {
          figures.put(quota, 0L);
        }
      }
    }

    /** Sets what is used of a rate or a cap. */
    public Builder live(Quota quota, long figure) {
      figures.put(quota, figure);
      return this;
    }

    public QuotaUsage build() {
      Map<String, Double> usage = new LinkedHashMap<>();
      Map<String, Double> utilization = new LinkedHashMap<>();
      figures.forEach((quota, figure) -> {
        usage.put(quota.apiName(), (double) figure);
        utilization.put(quota.apiName(), percent(figure, quotas.limit(quota)));
      });
      return new QuotaUsage(usage, utilization);
    }
  }
}
