package io.atoll.plan;

import io.atoll.quota.Quotas;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a tenant gets: the tier of its nodes, its quotas and feature switches. Immutable. */
public record Plan(String name, Tier tier, Quotas quotas, Map<String, Boolean> features) {
  public Plan {
    features = Collections.unmodifiableMap(new TreeMap<>(features));
  }
}
