package io.atoll.quota;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A complete set of limits: one number for each {@link Quota}, and the named actions. Immutable.
 * Where a builder is given no burst, the burst is one second's worth of operations.
 */
public final class Quotas {
  private final Map<Quota, Long> limits;
  private final Map<String, ActionLimit> actions;

  private Quotas(Map<Quota, Long> limits, Map<String, ActionLimit> actions) {
    this.limits = limits;
    this.actions = Collections.unmodifiableMap(actions);
  }

  /** A builder in which everything is unlimited and no action is named. */
  public static Builder builder() {
    return new Builder();
  }

  /** The limit: -1 for unlimited, else 0 or more. */
  public long limit(Quota quota) {
    return limits.getOrDefault(quota, Quota.UNLIMITED);
  }

  /** The named actions in the order of their names. */
  public Map<String, ActionLimit> actions() {
    return actions;
  }

  /** A denial if {@code added} more of a capped thing, on top of the current, pass the limit. */
  public @Nullable Denial check(Quota cap, long current, long added) {
    long limit = limit(cap);
    return Denial.passesCap(limit, current, added) ? null : Denial.ofCap(cap, current, limit);
  }

  /** The same limits without any named action. */
  public Quotas withoutActions() {
    return new Quotas(limits, new TreeMap<>());
  }

  /** A builder that starts from these quotas. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.limits.putAll(limits);
    builder.actions.putAll(actions);
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quotas quotas
        && limits.equals(quotas.limits)
        && actions.equals(quotas.actions);
  }

  @Override
  public int hashCode() {
    return 31 * limits.hashCode() + actions.hashCode();
  }

  @Override
  public String toString() {
    return "Quotas[limits=" + limits + ", actions=" + actions + "]";
  }

  /** Builds {@link Quotas}; rejects values that no limit can have. Not thread-safe. */
  public static final class Builder {
    private final Map<Quota, Long> limits = new EnumMap<>(Quota.class);
    private final Map<String, ActionLimit> actions = new TreeMap<>();

    private Builder() {}

    public Builder limit(Quota quota, long limit) {
      limits.put(quota, Quota.checkLimit(quota.apiName(), limit));
      return this;
    }

    public Builder action(String name, ActionLimit limit) {
      ActionLimit.checkName(name);
      actions.put(name, limit);
      return this;
    }

    public Quotas build() {
      Map<Quota, Long> complete = new EnumMap<>(Quota.class);
      for (Quota quota : Quota.values()) {
        complete.put(quota, limits.getOrDefault(quota, Quota.UNLIMITED));
      }
      complete.put(Quota.BURST, limits.getOrDefault(Quota.BURST, operations()));
      return new Quotas(complete, new TreeMap<>(actions));
    }

    private Long operations() {
      return limits.getOrDefault(Quota.OPS_PER_SECOND, Quota.UNLIMITED);
    }
  }
}
