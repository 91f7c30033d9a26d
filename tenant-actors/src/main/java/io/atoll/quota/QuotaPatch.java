package io.atoll.quota;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A JSON merge patch of {@link QuotaOverrides}: a value sets the tenant's own limit, an empty one
 * removes it, and what is not named stays. Immutable.
 */
public record QuotaPatch(
    Map<Quota, Optional<Long>> limits, Map<String, Optional<ActionLimit>> actions) {
  /** Changes nothing. */
  public static final QuotaPatch NONE = new QuotaPatch(Map.of(), Map.of());

  public QuotaPatch {
    limits = QuotaOverrides.copy(new EnumMap<>(Quota.class), limits);
    actions = QuotaOverrides.copy(new TreeMap<>(), actions);
    limits.forEach(
        (quota, limit) -> limit.ifPresent(value -> Quota.checkLimit(quota.apiName(), value)));
    actions.keySet().forEach(ActionLimit::checkName);
  }
}
