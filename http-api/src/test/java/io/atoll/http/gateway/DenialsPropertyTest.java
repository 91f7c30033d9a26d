package io.atoll.http.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaTracker;
import io.atoll.quota.Quotas;
import io.atoll.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** An edge that remembers denials in front of a tenant whose answers take their time. */
class DenialsPropertyTest {
  private static final int FLOOD_SECONDS = 1;

  /** Operations a second. */
  private static final int OFFERED = 100_000;

  private static final Operation GET = new Operation.Get("m", Key.of("k"));

  private final ManualTime time = new ManualTime();
  private final Denials denials = new Denials(Duration.ofMillis(250), 10, time);
  private final ArrayDeque<Answer> underWay = new ArrayDeque<>();
  private QuotaTracker tenant = tracker(1, 1);
  private long admitted;
  private long asked;

  private record Answer(Denial denial, long sentAt, long arrivesAt) {}

  @Property
  void nobodyIsTurnedAwayWhileMoreThanATokenOrTwoAreThere(
      @ForAll @IntRange(min = 1, max = 20_000) int rate,
      @ForAll @IntRange(min = 1, max = 100) int burst,
      @ForAll @IntRange(min = 1, max = 2_000) int latencyMicros,
      @ForAll Random random) {
    start(rate, burst);
    int turnedAway = 0;
    for (int i = 0; i < 2_000; i++) {
      time.advance(Duration.ofNanos(random.nextInt(500_000_000 / rate)));
      if (!offer(latencyMicros)) {
        turnedAway++;
        assertThat(tenant.rateStatus(time.nanoTime()).remaining())
            .isLessThanOrEqualTo(leftLying(rate));
      }
    }
    assertThat(turnedAway).isPositive();
  }

  @Property(tries = 20)
  void aFloodIsServedAtItsLimitAndHardlyReachesTheTenant(
      @ForAll @IntRange(min = 100, max = 5_000) int rate,
      @ForAll @IntRange(min = 10, max = 5_000) int burst,
      @ForAll @IntRange(min = 1, max = 5_000) int latencyMicros) {
    flood(rate, burst, latencyMicros);
  }

  /** Answers that take as long as a token does. */
  @Example
  void aFloodWhoseDenialsAllComeWhenMoreMayPassHardlyReachesTheTenant() {
    flood(3_666, 75, 931);
    flood(752, 33, 991);
    flood(5_000, 10, 1_000);
  }

  private void flood(int rate, int burst, int latencyMicros) {
    start(rate, burst);
    for (int i = 0; i < FLOOD_SECONDS * OFFERED; i++) {
      time.advance(Duration.ofNanos(1_000_000_000 / OFFERED));
      offer(latencyMicros);
    }
    long allowed = burst + (long) rate * FLOOD_SECONDS;
    assertThat(admitted)
        .isBetween(Math.min(allowed, FLOOD_SECONDS * OFFERED) * 98 / 100, allowed + 1);
    // One too many for each token and each millisecond, and what comes while nothing is remembered:
    // at the begin, and at most four times a second.
    long unaware = latencyMicros / 10 + 1L;
    assertThat(asked - admitted)
        .isLessThanOrEqualTo((rate + 1_000L) * FLOOD_SECONDS + (4L * FLOOD_SECONDS + 1) * unaware);
  }

  private void start(int rate, int burst) {
    tenant = tracker(rate, burst);
    denials.forgetAll();
    underWay.clear();
    admitted = 0;
    asked = 0;
  }

  /** Returns false when the edge turns the operation away. */
  private boolean offer(int latencyMicros) {
    long now = time.nanoTime();
    while (!underWay.isEmpty() && underWay.getFirst().arrivesAt() <= now) {
      Answer answer = underWay.removeFirst();
      denials.remember("acme", Tier.C, GET, answer.denial(), answer.sentAt());
    }
    KnownDenial known = denials.find("acme");
    if (known != null && known.refusal(GET, now) != null) {
      return false;
    }
    if (known != null) {
      known.sent(1);
    }
    asked++;
    Denial denial = tenant.operation(1, now);
    if (denial == null) {
      admitted++;
    } else {
      underWay.addLast(new Answer(denial, now, now + 1_000L * latencyMicros));
    }
    return true;
  }

  /** Tokens that may be there: two, and those of the millisecond to which a wait is rounded up. */
  private static long leftLying(int rate) {
    return 2L + Math.ceilDiv(rate, 1_000);
  }

  private QuotaTracker tracker(long rate, long burst) {
    Quotas quotas =
        Quotas.builder().limit(Quota.OPS_PER_SECOND, rate).limit(Quota.BURST, burst).build();
    return new QuotaTracker(quotas, time.nanoTime());
  }
}
