package io.atoll.http.route;

import io.atoll.plan.Features;
import io.atoll.plan.Plan;
import io.atoll.plan.Tier;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.Quotas;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a plan shall be. */
final class PlanBodies {
  /** What a plan is shown with may be sent back; where it comes from is not set by that. */
  private static final Set<String> FIELDS = Set.of("name", "tier", "quotas", "features", "source");

  private PlanBodies() {}

  /** The plan of this body; what it leaves out is as in {@code base}, which has the plan's name. */
  static Plan read(byte[] body, Plan base) {
    Fields fields = Fields.of(body, FIELDS);
    String name = fields.text("name");
    if (name != null && !name.equals(base.name())) {
      throw fields.wrong("name", "must be the name in the path");
    }
    return new Plan(
        base.name(), tier(fields, base), quotas(fields, base.quotas()), features(fields, base));
  }

  private static Tier tier(Fields fields, Plan base) {
    String tier = fields.text("tier");
    return tier == null
        ? base.tier()
        : Tier.byName(tier).orElseThrow(() -> fields.wrong("tier", "must be A, B or C"));
  }

  /** Actions, where there are any in the body, are all that the plan has. */
  private static Quotas quotas(Fields fields, Quotas base) {
    Fields quotas = fields.object("quotas");
    if (quotas == null) {
      return base;
    }
    QuotaOverrides given = QuotaOverrides.NONE.merge(QuotaBodies.create(quotas));
    return given.over(quotas.has("actions") ? base.withoutActions() : base);
  }

  private static Map<String, Boolean> features(Fields fields, Plan base) {
    Map<String, Boolean> switches = new TreeMap<>(base.features());
    @Nullable Fields features = fields.object("features");
    if (features != null) {
      features.only(Set.copyOf(Features.NAMES));
      features.names().forEach(name -> switches.put(name, features.flag(name)));
    }
    return switches;
  }
}
