package io.atoll.plan;

import io.atoll.quota.Quotas;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a tenant gets: the tier of its nodes, its quotas and feature switches. Immutable. */
public record Plan(String name, Tier tier, Quotas quotas, Map<String, Boolean> features) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  public Plan {
    features = Collections.unmodifiableMap(new TreeMap<>(features));
  }

  /** Whether a plan can have this name: 1 to 63 of a-z 0-9 -, without a hyphen at an end. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The same under another name. */
  public Plan named(String other) {
    return new Plan(other, tier, quotas, features);
  }
}
