package io.atoll.tenant;

import io.atoll.plan.Tier;

/** Where a tenant is to go. */
public sealed interface MoveTarget {
  /** One node, host:port, for as long as that is there. */
  record OfNode(String node) implements MoveTarget {
    @Override
    public String text() {
      return node;
    }
  }

  /** The nodes that serve a tier, whichever of them has the tenant's cell there. */
  record OfTier(Tier tier) implements MoveTarget {
    private static final String PREFIX = "tier ";

    @Override
    public String text() {
      return PREFIX + tier.name();
    }
  }

  /** The target as it is stored. */
  String text();

  /** Reads what {@link #text} has written. */
  static MoveTarget parse(String text) {
    return text.startsWith(OfTier.PREFIX)
        ? new OfTier(Tier.valueOf(text.substring(OfTier.PREFIX.length())))
        : new OfNode(text);
  }
}
