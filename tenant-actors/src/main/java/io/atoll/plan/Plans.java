package io.atoll.plan;

import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The plans that there are, by name. Immutable. */
public final class Plans {
  public static final String FREE = "free";
  public static final String PRO = "pro";
  public static final String ENTERPRISE = "enterprise";

  /** The plan of a tenant that names none. */
  public static final String DEFAULT = FREE;

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final Plans BUILT_IN = new Plans(List.of(free(), pro(), enterprise()));

  private final Map<String, Plan> plans;

  public Plans(Collection<Plan> plans) {
    Map<String, Plan> byName = new LinkedHashMap<>();
    plans.forEach(plan -> byName.put(plan.name(), plan));
    this.plans = Collections.unmodifiableMap(byName);
  }

  /** The plans free, pro and enterprise. */
  public static Plans builtIn() {
    return BUILT_IN;
  }

  public Optional<Plan> find(String name) {
    return Optional.ofNullable(plans.get(name));
  }

  /** These plans with others over those of the same name, and after them. */
  public Plans with(Collection<Plan> others) {
    Map<String, Plan> merged = new LinkedHashMap<>(plans);
    others.forEach(plan -> merged.put(plan.name(), plan));
    return new Plans(merged.values());
  }

  /** All plans, in the order in which they were given. */
  public Collection<Plan> all() {
    return plans.values();
  }

  private static Plan free() {
    Quotas quotas =
        Quotas.builder()
            .limit(Quota.OPS_PER_SECOND, 100)
            .limit(Quota.BYTES_PER_SECOND, 2 * MIB)
            .limit(Quota.MESSAGES_PER_SECOND, 1_000)
            .limit(Quota.REQUESTS_PER_SECOND, 500)
            .limit(Quota.CONNECTIONS, 10)
            .limit(Quota.MAPS, 10)
            .limit(Quota.STORAGE_BYTES, 100 * MIB)
            .limit(Quota.TOPICS, 10)
            .limit(Quota.PARTITIONS, 50)
            .limit(Quota.PRODUCERS, 5)
            .limit(Quota.CONSUMERS, 10)
            .limit(Quota.CONSUMER_GROUPS, 5)
            .limit(Quota.RETENTION_HOURS, 24)
            .action("commands", perMinute(10))
            .action("eligibility", perHour(100))
            .action("sync", perDay(1))
            .build();
    return new Plan(FREE, Tier.C, quotas, features(Set.of()));
  }

  private static Plan pro() {
    Quotas quotas =
        Quotas.builder()
            .limit(Quota.OPS_PER_SECOND, 10_000)
            .limit(Quota.BYTES_PER_SECOND, 50 * MIB)
            .limit(Quota.MESSAGES_PER_SECOND, 50_000)
            .limit(Quota.REQUESTS_PER_SECOND, 50_000)
            .limit(Quota.CONNECTIONS, 1_000)
            .limit(Quota.MAPS, 100)
            .limit(Quota.STORAGE_BYTES, 10 * GIB)
            .limit(Quota.TOPICS, 500)
            .limit(Quota.PARTITIONS, 5_000)
            .limit(Quota.PRODUCERS, 200)
            .limit(Quota.CONSUMERS, 500)
            .limit(Quota.CONSUMER_GROUPS, 50)
            .limit(Quota.RETENTION_HOURS, 168)
            .action("commands", perMinute(100))
            .action("eligibility", perHour(1_000))
            .action("sync", perDay(10))
            .build();
    return new Plan(
        PRO,
        Tier.B,
        quotas,
        features(Set.of(Features.CUSTOM_BRANDING, Features.ADVANCED_ANALYTICS)));
  }

  private static Plan enterprise() {
    Quotas quotas =
        Quotas.builder()
            .action("commands", perMinute(Quota.UNLIMITED))
            .action("eligibility", perHour(Quota.UNLIMITED))
            .action("sync", perDay(Quota.UNLIMITED))
            .build();
    return new Plan(ENTERPRISE, Tier.A, quotas, features(Set.copyOf(Features.NAMES)));
  }

  private static Map<String, Boolean> features(Set<String> on) {
    return Features.NAMES.stream().collect(Collectors.toMap(Function.identity(), on::contains));
  }

  private static ActionLimit perMinute(long limit) {
    return new ActionLimit(limit, Duration.ofMinutes(1).toMillis());
  }

  private static ActionLimit perHour(long limit) {
    return new ActionLimit(limit, Duration.ofHours(1).toMillis());
  }

  private static ActionLimit perDay(long limit) {
    return new ActionLimit(limit, Duration.ofDays(1).toMillis());
  }
}
