package io.atoll.bench;

import io.atoll.terminal.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans by share, each with how often a user of it calls. Tenants are dealt out so that the first
 * ten have about the same mix as all of them.
 */
record PlanMix(List<Share> shares) {
  /** A plan's weight in the mix, and the time from one call of a user to the next. */
  record Share(String plan, int weight, Optional<Duration> interval) {
    @Override
    public String toString() {
      return plan + "=" + weight + interval.map(span -> "@" + Span.format(span)).orElse("");
    }
  }

  PlanMix {
    shares = List.copyOf(shares);
  }

  static PlanMix of(String plan) {
    return new PlanMix(List.of(new Share(plan, 1, Optional.empty())));
  }

  /** Reads {@code plan=weight[@interval],...}, or a plan alone; fails with IllegalArgument. */
  static PlanMix parse(String text) {
    if (!text.contains("=")) {
      return of(text);
    }
    List<Share> shares = new ArrayList<>();
    for (String share : text.split(",", -1)) {
      shares.add(share(share.strip(), text));
    }
    if (shares.stream().map(Share::plan).distinct().count() < shares.size()) {
      throw wrong(text);
    }
    return new PlanMix(shares);
  }

  /** The same plans, with this interval where a share has none. */
  PlanMix withInterval(Duration interval) {
    return new PlanMix(
        shares.stream()
            .map(share ->
                new Share(
                    share.plan(), share.weight(), share.interval().or(() -> Optional.of(interval))))
            .toList());
  }

  /** Whether users call at intervals; all shares have one then. */
  boolean isPaced() {
    return shares.stream().allMatch(share -> share.interval().isPresent());
  }

  /** Whether some shares have an interval and others none. */
  boolean isHalfPaced() {
    return !isPaced() && shares.stream().anyMatch(share -> share.interval().isPresent());
  }

  List<String> plans() {
    return shares.stream().map(Share::plan).toList();
  }

  /** The index of the plan of each tenant: always the one that is furthest behind its share. */
  int[] deal(int tenants) {
    int total = shares.stream().mapToInt(Share::weight).sum();
    long[] dealt = new long[shares.size()];
    int[] plans = new int[tenants];
    for (int tenant = 0; tenant < tenants; tenant++) {
      int behind = 0;
      for (int plan = 1; plan < dealt.length; plan++) {
        if (lag(plan, tenant, dealt, total) > lag(behind, tenant, dealt, total)) {
          behind = plan;
        }
      }
      dealt[behind]++;
      plans[tenant] = behind;
    }
    return plans;
  }

  @Override
  public String toString() {
    return shares.size() == 1 && shares.getFirst().interval().isEmpty()
        ? shares.getFirst().plan()
        : String.join(",", shares.stream().map(Share::toString).toList());
  }

  private long lag(int plan, int tenant, long[] dealt, int total) {
    return (long) shares.get(plan).weight() * (tenant + 1) - dealt[plan] * total;
  }

  private static Share share(String share, String text) {
    int equal = share.indexOf('=');
    int at = share.indexOf('@');
    if (equal < 1 || (at >= 0 && at < equal)) {
      throw wrong(text);
    }
    int weight = weight(share.substring(equal + 1, at < 0 ? share.length() : at), text);
    return new Share(share.substring(0, equal), weight, interval(share, at));
  }

  private static Optional<Duration> interval(String share, int at) {
    if (at < 0) {
      return Optional.empty();
    }
    Duration interval = Span.parse(share.substring(at + 1));
    if (interval.isZero()) {
      throw new IllegalArgumentException("an interval is longer than nothing: '" + share + "'");
    }
    return Optional.of(interval);
  }

  private static int weight(String digits, String text) {
    if (!digits.matches("[1-9]\\d{0,5}")) {
      throw wrong(text);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a mix of plans; write it like enterprise=10@100ms,free=90@2s");
  }
}
