package io.atoll.tenant;

import io.atoll.plan.EffectivePlan;
import io.atoll.plan.Plan;
import io.atoll.plan.Plans;
import java.util.random.RandomGenerator;

/**
 * What a decision depends on besides the state and the command. {@code now} is epoch milliseconds;
 * {@code random} must be a cryptographic source.
 */
record Situation(
    String tenantId, long now, Plans plans, RandomGenerator random, TenantLimits limits) {

  /** Bounds on what one tenant may hold of what no quota counts. */
  record TenantLimits(int keys, int metadataBytes, long retentionAfterDeleteMs) {}

  /** What holds for a tenant with this description. */
  EffectivePlan effective(TenantSpec spec) {
    return effective(plans, spec);
  }

  /** The plan with the tenant's own over it; a plan that is no more is the default one. */
  static EffectivePlan effective(Plans plans, TenantSpec spec) {
    Plan plan =
        plans
            .find(spec.plan())
            .or(() -> plans.find(Plans.DEFAULT))
            .or(() -> Plans.builtIn().find(Plans.DEFAULT))
            .orElseThrow();
    return EffectivePlan.of(plan, spec.quotas(), spec.features());
  }
}
