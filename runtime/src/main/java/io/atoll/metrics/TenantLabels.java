package io.atoll.metrics;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which tenants have a label of their own: the heaviest of late. A free label goes to the first who
 * comes; a held one changes hands only when another tenant is more than twice as heavy, because
 * each change moves counts into {@link #OTHER}. Thread-safe.
 */
final class TenantLabels {
  /** The label that all tenants without one of their own share; no tenant can have this id. */
  static final String OTHER = "__other__";

  private static final long HOLDER_ADVANTAGE = 2;
  private static final Comparator<Weighed> HEAVIEST_FIRST =
      Comparator.comparingLong(Weighed::weight).thenComparing(Weighed::holder).reversed();

  private final int most;
  private final ConcurrentHashMap<String, LongAdder> weights = new ConcurrentHashMap<>();
  private volatile Set<String> holders = Set.of();
  private volatile int round;

  TenantLabels(int most) {
    this.most = most;
  }

  /** Counts {@code weight} for the tenant and says under which label. */
  String weigh(String tenant, long weight) {
    weight(tenant).add(weight);
    return label(tenant);
  }

  /** What to add the tenant's weight to during this round. */
  LongAdder weight(String tenant) {
    return weights.computeIfAbsent(tenant, absent -> new LongAdder());
  }

  /** The label of a tenant that counts; who comes first gets one that is free. */
  String label(String tenant) {
    return holders.contains(tenant) || take(tenant) ? tenant : OTHER;
  }

  /** Grows with each review: what was found out before holds no more. */
  int round() {
    return round;
  }

  /** Whether the tenant has counted anything of late. */
  boolean knows(String tenant) {
    return weights.containsKey(tenant);
  }

  boolean holds(String tenant) {
    return holders.contains(tenant);
  }

  Set<String> holders() {
    return holders;
  }

  /** Gives the labels to the heaviest, and halves every weight so that the past fades. */
  synchronized void review() {
    List<Weighed> heaviest =
        weights.entrySet().stream()
            .map(entry -> weighed(entry.getKey(), entry.getValue().sum()))
            .filter(candidate -> candidate.weight() > 0)
            .sorted(HEAVIEST_FIRST)
            .limit(most)
            .toList();
    Set<String> next = new HashSet<>();
    heaviest.forEach(candidate -> next.add(candidate.tenant()));
    holders.stream().limit(most - next.size()).forEach(next::add);
    holders = Set.copyOf(next);
    weights.forEach((tenant, weight) -> weight.add(-(weight.sum() + 1) / 2));
    weights.values().removeIf(weight -> weight.sum() <= 0);
    round++;
  }

  private boolean take(String tenant) {
    if (holders.size() >= most) {
      return false;
    }
    synchronized (this) {
      if (holders.size() >= most) {
        return holders.contains(tenant);
      }
      Set<String> next = new HashSet<>(holders);
      next.add(tenant);
      holders = Set.copyOf(next);
      return true;
    }
  }

  private Weighed weighed(String tenant, long weight) {
    boolean holder = holders.contains(tenant);
    return new Weighed(tenant, holder ? weight * HOLDER_ADVANTAGE : weight, holder);
  }

  private record Weighed(String tenant, long weight, boolean holder) {}
}
