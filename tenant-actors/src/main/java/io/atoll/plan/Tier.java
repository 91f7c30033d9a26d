package io.atoll.plan;

import java.util.Arrays;
import java.util.Optional;

/** The class of nodes that serves a tenant: A is the best. */
public enum Tier {
  A,
  B,
  C;

  public static Optional<Tier> byName(String name) {
    return Arrays.stream(values()).filter(tier -> tier.name().equals(name)).findFirst();
  }
}
