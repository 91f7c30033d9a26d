package io.atoll.placement;

import io.atoll.plan.Tier;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which tiers a node serves, as its roles say. */
public final class NodeTiers {
  private NodeTiers() {}

  /** The role of nodes that serve the tier. */
  public static String role(Tier tier) {
    return "tier-" + tier.name().toLowerCase(Locale.ROOT);
  }

  /** The tiers of a node with these roles; all when none of them names a tier. */
  static Set<Tier> of(Collection<String> roles) {
    Set<Tier> named = EnumSet.noneOf(Tier.class);
    for (Tier tier : Tier.values()) {
      if (roles.contains(role(tier))) {
        named.add(tier);
      }
    }
    return named.isEmpty() ? EnumSet.allOf(Tier.class) : named;
  }
}
