package io.atoll.reload;

import io.atoll.plan.Plan;
import io.atoll.plan.PlanBook;
import io.atoll.plan.Tier;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import java.util.Map;

/** Plans that differ in one limit. */
final class PlanSamples {
  private PlanSamples() {}

  static Plan plan(String name, long maps) {
    return new Plan(name, Tier.B, Quotas.builder().limit(Quota.MAPS, maps).build(), Map.of());
  }

  /** The limit of maps in the plan in force, -2 where there is no such plan. */
  static long maps(PlanBook book, String name) {
    return book.get().find(name).map(plan -> plan.quotas().limit(Quota.MAPS)).orElse(-2L);
  }
}
