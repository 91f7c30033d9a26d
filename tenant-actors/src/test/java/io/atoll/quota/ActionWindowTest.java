package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.quota.ActionUse.Stamp;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ActionWindowTest {
  private static final ActionLimit FIVE = new ActionLimit(5, 1000);
  private static final ActionLimit MANY = new ActionLimit(10_000, 6000);

  private final ActionWindow window = new ActionWindow();

  private static boolean take(ActionWindow window, ActionLimit limit, long count, long now) {
    boolean passes = window.passes(limit, count, now);
    if (passes) {
      window.add(limit, count, now);
    }
    return passes;
  }

  @Test
  void aUseLeavesExactlyOneWindowLater() {
    window.add(FIVE, 5, 100);
    assertThat(window.passes(FIVE, 1, 1099)).isFalse();
    assertThat(window.passes(FIVE, 1, 1100)).isTrue();
  }

  @Test
  void theWaitIsUntilEnoughUsesHaveLeft() {
    window.add(FIVE, 1, 0);
    window.add(FIVE, 2, 300);
    window.add(FIVE, 2, 600);
    assertThat(window.retryAfterMs(FIVE, 1, 700)).isEqualTo(300);
    assertThat(window.retryAfterMs(FIVE, 2, 700)).isEqualTo(600);
    assertThat(window.retryAfterMs(FIVE, 5, 700)).isEqualTo(900);
    assertThat(window.retryAfterMs(FIVE, 6, 700)).isEqualTo(Denial.NEVER);
  }

  @Test
  void theResetIsWhenTheOldestLeaves() {
    assertThat(window.resetAt(FIVE, 50)).isEqualTo(50);
    window.add(FIVE, 1, 100);
    window.add(FIVE, 1, 200);
    assertThat(window.resetAt(FIVE, 300)).isEqualTo(1100);
    assertThat(window.resetAt(FIVE, 1100)).isEqualTo(1200);
  }

  @Test
  void aSmallLimitIsCountedToTheMillisecond() {
    ActionLimit exact = new ActionLimit(ActionWindow.EXACT_LIMIT, 60_000);
    for (int now = 0; now < 500; now++) {
      window.add(exact, 1, now);
      window.add(exact, 1, now);
    }
    assertThat(window.stamps()).hasSize(500).contains(new Stamp(7, 2));
  }

  @Test
  void aLargeLimitIsCountedInSixtiethsOfItsWindowAndHeldByTheLatest() {
    for (int now = 0; now < 6000; now++) {
      window.add(MANY, 1, now);
    }
    assertThat(window.stamps()).hasSize(60).startsWith(new Stamp(99, 100));
    assertThat(window.used(MANY, 6098)).isEqualTo(6000);
    assertThat(window.used(MANY, 6099)).isEqualTo(5900);
  }

  @Test
  void aLargeLimitOnATinyWindowIsCountedToTheMillisecond() {
    ActionLimit tiny = new ActionLimit(10_000, 10);
    window.add(tiny, 1, 0);
    window.add(tiny, 1, 1);
    assertThat(window.stamps()).hasSize(2);
  }

  @Test
  void theCountOfAnUnlimitedActionStopsAtTheLargestLimit() {
    ActionLimit unlimited = new ActionLimit(-1, 1000);
    window.add(unlimited, Quota.MAX_LIMIT, 0);
    window.add(unlimited, Quota.MAX_LIMIT, 0);
    assertThat(window.used(unlimited, 0)).isEqualTo(Quota.MAX_LIMIT);
  }

  @Test
  void aClockThatGoesBackFreesNothingAndBlocksForOneWindowAtMost() {
    window.add(FIVE, 2, 9_500);
    window.add(FIVE, 3, 10_000);
    assertThat(window.passes(FIVE, 1, 2_000)).isFalse();
    assertThat(window.retryAfterMs(FIVE, 1, 2_000)).isEqualTo(1000);
    assertThat(window.passes(FIVE, 1, 2_999)).isFalse();
    assertThat(window.passes(FIVE, 5, 3_000)).isTrue();
  }

  @Test
  void aRestoredWindowStandsForTheOneThatWasExported() {
    window.add(FIVE, 3, 100);
    ActionWindow other = new ActionWindow();
    other.add(FIVE, 5, 0);
    other.restore(window.stamps());
    assertThat(other.used(FIVE, 200)).isEqualTo(3);
    assertThat(other.stamps()).isEqualTo(window.stamps());
  }

  @Property
  void noWindowEverHoldsMoreThanTheLimit(
      @ForAll @LongRange(min = 0, max = 30) long limit,
      @ForAll @LongRange(min = 1, max = 500) long windowMs,
      @ForAll("uses") List<Use> uses) {
    holds(new ActionLimit(limit, windowMs), uses, 1, true);
  }

  @Property
  void noWindowOfALargeLimitEverHoldsMoreThanTheLimit(
      @ForAll @LongRange(min = 1001, max = 5000) long limit,
      @ForAll @LongRange(min = 1, max = 2000) long windowMs,
      @ForAll("uses") List<Use> uses) {
    holds(new ActionLimit(limit, windowMs), uses, 200, false);
  }

  private static void holds(ActionLimit limit, List<Use> uses, long times, boolean exact) {
    ActionWindow window = new ActionWindow();
    List<Stamp> passed = new ArrayList<>();
    long now = 0;
    for (Use use : uses) {
      now += use.elapsed();
      long count = use.count() * times;
      long held = within(passed, now, limit.windowMs());
      boolean fits = held + count <= limit.limit();
      boolean passes = take(window, limit, count, now);
      if (exact || !fits) {
        assertThat(passes).isEqualTo(fits);
      }
      if (passes) {
        passed.add(new Stamp(now, count));
      } else if (count <= limit.limit()) {
        long wait = window.retryAfterMs(limit, count, now);
        assertThat(wait).isBetween(1L, limit.windowMs());
        assertThat(within(passed, now + wait, limit.windowMs()) + count)
            .isLessThanOrEqualTo(limit.limit());
      }
    }
  }

  private static long within(List<Stamp> passed, long now, long windowMs) {
    return passed.stream()
        .filter(stamp -> now - stamp.at() < windowMs)
        .mapToLong(Stamp::count)
        .sum();
  }

  @Property
  void aJumpingClockNeverBlocksForLongerThanOneWindow(
      @ForAll List<@LongRange(min = 0, max = 5000) Long> times) {
    for (long now : times) {
      window.passes(FIVE, 1, now);
      if (!take(window, FIVE, 1, now)) {
        assertThat(window.retryAfterMs(FIVE, 1, now)).isBetween(1L, FIVE.windowMs());
      }
    }
  }

  @Provide
  Arbitrary<List<Use>> uses() {
    Arbitrary<Long> elapsed = Arbitraries.longs().between(0, 120);
    Arbitrary<Long> count = Arbitraries.longs().between(1, 8);
    return Combinators.combine(elapsed, count).as(Use::new).list().ofMaxSize(100);
  }

  record Use(long elapsed, long count) {}
}
