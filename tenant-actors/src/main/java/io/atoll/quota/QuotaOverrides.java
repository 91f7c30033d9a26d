package io.atoll.quota;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tenant's own limits, which stand in place of its plan's. Immutable. */
public record QuotaOverrides(Map<Quota, Long> limits, Map<String, ActionLimit> actions) {
  /** No limit of its own. */
  public static final QuotaOverrides NONE = new QuotaOverrides(Map.of(), Map.of());

  public QuotaOverrides {
    limits = copy(new EnumMap<>(Quota.class), limits);
    actions = copy(new TreeMap<>(), actions);
    limits.forEach((quota, limit) -> Quota.checkLimit(quota.apiName(), limit));
    actions.keySet().forEach(ActionLimit::checkName);
  }

  /**
   * The limits in force. The burst follows the tenant's own operations per second unless the tenant
   * has a burst of its own.
   */
  public Quotas over(Quotas plan) {
    if (limits.isEmpty() && actions.isEmpty()) {
      return plan;
    }
    Quotas.Builder builder = plan.toBuilder();
    Long operations = limits.get(Quota.OPS_PER_SECOND);
    if (operations != null) {
      builder.limit(Quota.BURST, operations);
    }
    limits.forEach(builder::limit);
    actions.forEach(builder::action);
    return builder.build();
  }

  /** These overrides with the patch applied; what the patch does not name stays. */
  public QuotaOverrides merge(QuotaPatch patch) {
    Map<Quota, Long> newLimits = patched(new EnumMap<>(Quota.class), limits, patch.limits());
    Map<String, ActionLimit> kept = patch.actionsAnew() ? Map.of() : actions;
    Map<String, ActionLimit> newActions = patched(new TreeMap<>(), kept, patch.actions());
    return new QuotaOverrides(newLimits, newActions);
  }

  private static <K, V> Map<K, V> patched(
      Map<K, V> target, Map<K, V> present, Map<K, Optional<V>> patch) {
    target.putAll(present);
    patch.forEach(
        (key, value) -> value.ifPresentOrElse(v -> target.put(key, v), () -> target.remove(key)));
    return target;
  }

  static <K, V> Map<K, V> copy(Map<K, V> target, Map<K, V> source) {
    target.putAll(source);
    return Collections.unmodifiableMap(target);
  }
}
