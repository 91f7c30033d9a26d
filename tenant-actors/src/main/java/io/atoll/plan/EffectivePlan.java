package io.atoll.plan;

import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.Quotas;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What holds for one tenant: its plan with the tenant's own limits and switches over it. Immutable.
 */
public record EffectivePlan(Plan plan, Quotas quotas, Map<String, Boolean> features) {
  private static final String COMMANDS = "commands";

  public EffectivePlan {
    features = Collections.unmodifiableMap(new TreeMap<>(features));
  }

  /** Lays the overrides over the plan; {@code unlimitedCommands} then lifts the commands' limit. */
  public static EffectivePlan of(
      Plan plan, QuotaOverrides overrides, Map<String, Boolean> featureOverrides) {
    Map<String, Boolean> features = new TreeMap<>(plan.features());
    features.putAll(featureOverrides);
    boolean unlimited = features.getOrDefault(Features.UNLIMITED_COMMANDS, false);
    Quotas quotas = overrides.over(plan.quotas());
    return new EffectivePlan(plan, unlimited ? lifted(quotas) : quotas, features);
  }

  private static Quotas lifted(Quotas quotas) {
    ActionLimit commands = quotas.actions().get(COMMANDS);
    if (commands == null) {
      return quotas;
    }
    ActionLimit unlimited = new ActionLimit(Quota.UNLIMITED, commands.windowMs());
    return quotas.toBuilder().action(COMMANDS, unlimited).build();
  }
}
