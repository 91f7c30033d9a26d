package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private static final long MILLI = 1_000_000L;
  private static final long BUCKET = 100 * MILLI;

  private final SlidingWindow window = new SlidingWindow(WindowShape.SECOND, 0);

  private boolean take(long limit, long amount, long now) {
    boolean passes = window.passes(limit, amount, now);
    if (passes) {
      window.add(amount, now);
    }
    return passes;
  }

  @Test
  void anExactHitPassesAndOneMoreDoesNot() {
    assertThat(take(1000, 1000, 0)).isTrue();
    assertThat(window.passes(1000, 1, 999 * MILLI)).isFalse();
  }

  @Test
  void whatWasRefusedIsNotCounted() {
    assertThat(take(1000, 500, 0)).isTrue();
    assertThat(take(1000, 600, 0)).isFalse();
    assertThat(take(1000, 500, 0)).isTrue();
  }

  @Test
  void aBucketLeavesWhenTheWindowHasPassedIt() {
    take(100, 60, 50 * MILLI);
    take(100, 40, 150 * MILLI);
    assertThat(window.rate(999 * MILLI)).isEqualTo(100);
    assertThat(window.rate(1000 * MILLI)).isEqualTo(40);
    assertThat(window.rate(1100 * MILLI)).isZero();
  }

  @Test
  void aLongPauseEmptiesIt() {
    take(100, 100, 0);
    assertThat(window.rate(3_600_000 * MILLI)).isZero();
    assertThat(take(100, 100, 3_600_000 * MILLI)).isTrue();
  }

  @Test
  void aLimitOfZeroAllowsNothing() {
    assertThat(window.passes(0, 1, 0)).isFalse();
    assertThat(window.retryAfterMs(0, 1, 0)).isEqualTo(Denial.NEVER);
  }

  @Test
  void anUnlimitedWindowAllowsEverything() {
    assertThat(take(-1, Quota.MAX_LIMIT, 0)).isTrue();
    assertThat(take(-1, 1_000_000, 0)).isTrue();
  }

  @Test
  void anAmountAboveTheLimitIsRefusedForGood() {
    assertThat(window.passes(10, 11, 0)).isFalse();
    assertThat(window.retryAfterMs(10, 11, 0)).isEqualTo(Denial.NEVER);
  }

  @Test
  void theWaitIsUntilEnoughHasLeft() {
    take(100, 60, 0);
    take(100, 40, 250 * MILLI);
    assertThat(window.retryAfterMs(100, 60, 300 * MILLI)).isEqualTo(700);
    assertThat(window.retryAfterMs(100, 61, 300 * MILLI)).isEqualTo(900);
  }

  @Test
  void aDebtMayPassTheLimitAndBlocksUntilItHasLeft() {
    window.add(5000, 30 * MILLI);
    assertThat(window.passes(1000, 0, 30 * MILLI)).isFalse();
    assertThat(window.retryAfterMs(1000, 1, 30 * MILLI)).isEqualTo(970);
    assertThat(window.passes(1000, 1, 999 * MILLI)).isFalse();
    assertThat(window.passes(1000, 1000, 1000 * MILLI)).isTrue();
  }

  @Test
  void anEarlierTimeCountsAsTheLastOne() {
    take(100, 100, 500 * MILLI);
    assertThat(window.passes(100, 1, -5000 * MILLI)).isFalse();
    window.add(7, 0);
    assertThat(window.rate(500 * MILLI)).isEqualTo(107);
  }

  @Test
  void theWindowCanBeCutInAnotherWay() {
    SlidingWindow small = new SlidingWindow(new WindowShape(5, 20), 0);
    small.add(100, 0);
    assertThat(small.rate(0)).isEqualTo(1000);
    assertThat(small.rate(150 * MILLI)).isZero();
  }

  @Test
  void theRateIsRoundedDown() {
    SlidingWindow three = new SlidingWindow(new WindowShape(3, 1000), 0);
    three.add(299, 0);
    assertThat(three.rate(0)).isEqualTo(99);
    assertThat(three.passes(100, 1, 0)).isTrue();
    assertThat(three.passes(100, 2, 0)).isFalse();
  }

  @Test
  void aShapeHasBounds() {
    assertThatThrownBy(() -> new WindowShape(0, 100)).hasMessageContaining("buckets");
    assertThatThrownBy(() -> new WindowShape(1001, 100)).hasMessageContaining("buckets");
    assertThatThrownBy(() -> new WindowShape(10, 0)).hasMessageContaining("bucketMs");
    assertThatThrownBy(() -> new WindowShape(10, 60_001)).hasMessageContaining("bucketMs");
  }

  @Property
  void noTenBucketsEverHoldMoreThanTheLimit(
      @ForAll @LongRange(min = 0, max = 300) long limit, @ForAll("uses") List<Use> uses) {
    SlidingWindow random = new SlidingWindow(WindowShape.SECOND, 0);
    NavigableMap<Long, Long> admitted = new TreeMap<>();
    long now = 0;
    for (Use use : uses) {
      now += use.elapsed();
      boolean passes = random.passes(limit, use.amount(), now);
      long bucket = now / BUCKET;
      long held = sum(admitted, bucket);
      assertThat(passes).isEqualTo(held + use.amount() <= limit);
      if (passes) {
        random.add(use.amount(), now);
        admitted.merge(bucket, use.amount(), Long::sum);
      } else {
        long wait = random.retryAfterMs(limit, use.amount(), now);
        waitIsExact(wait, use.amount(), limit, admitted, now);
      }
      assertThat(random.rate(now)).isEqualTo(sum(admitted, bucket)).isLessThanOrEqualTo(limit);
    }
  }

  private static long sum(NavigableMap<Long, Long> admitted, long bucket) {
    return admitted.tailMap(bucket - 9, true).values().stream().mapToLong(Long::longValue).sum();
  }

  private static void waitIsExact(
      long wait, long amount, long limit, NavigableMap<Long, Long> admitted, long now) {
    if (amount > limit) {
      assertThat(wait).isEqualTo(Denial.NEVER);
      return;
    }
    assertThat(sum(admitted, (now + wait * MILLI) / BUCKET) + amount).isLessThanOrEqualTo(limit);
    assertThat(sum(admitted, (now + (wait - 1) * MILLI) / BUCKET) + amount).isGreaterThan(limit);
  }

  @Provide
  Arbitrary<List<Use>> uses() {
    Arbitrary<Long> elapsed = Arbitraries.longs().between(0, 400 * MILLI);
    Arbitrary<Long> amount = Arbitraries.longs().between(0, 120);
    return Combinators.combine(elapsed, amount).as(Use::new).list().ofMaxSize(80);
  }

  record Use(long elapsed, long amount) {}
}
