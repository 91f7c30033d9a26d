package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private static boolean take(TokenBucket bucket, long cost, long now) {
    boolean passes = bucket.passes(cost, now);
    if (passes) {
      bucket.take(cost);
    }
    return passes;
  }

  private static int takeSingly(TokenBucket bucket, int times, long now) {
    int passed = 0;
    for (int i = 0; i < times; i++) {
      passed += take(bucket, 1, now) ? 1 : 0;
    }
    return passed;
  }

  @Test
  void aFullBucketHoldsExactlyItsBurst() {
    TokenBucket bucket = new TokenBucket(1000, 100, 0);
    assertThat(take(bucket, 60, 0)).isTrue();
    assertThat(take(bucket, 40, 0)).isTrue();
    assertThat(take(bucket, 1, 0)).isFalse();
  }

  @Test
  void anEmptyBucketFillsAtItsRate() {
    TokenBucket bucket = new TokenBucket(100, 100, 0);
    assertThat(takeSingly(bucket, 101, 0)).isEqualTo(100);
    assertThat(takeSingly(bucket, 11, 100 * MILLI)).isEqualTo(10);
  }

  @Test
  void aLongPauseFillsNoMoreThanTheBurst() {
    TokenBucket bucket = new TokenBucket(100, 150, 0);
    assertThat(takeSingly(bucket, 150, 0)).isEqualTo(150);
    assertThat(takeSingly(bucket, 1000, 3600 * SECOND)).isEqualTo(150);
  }

  @Test
  void fractionsOfATokenAreKeptAndNeverRounded() {
    TokenBucket bucket = new TokenBucket(3, 3, 0);
    takeSingly(bucket, 3, 0);
    long passed = 0;
    for (long now = 1; now <= 100; now++) {
      passed += takeSingly(bucket, 3, now * 10 * MILLI);
    }
    assertThat(passed).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "50, 500", "100, 1000"})
  void theWaitIsThatOfTheMissingTokens(long cost, long millis) {
    TokenBucket bucket = new TokenBucket(100, 100, 0);
    take(bucket, 100, 0);
    assertThat(bucket.retryAfterMs(cost)).isEqualTo(millis);
    assertThat(bucket.passes(cost, (millis - 1) * MILLI)).isFalse();
    assertThat(bucket.passes(cost, millis * MILLI)).isTrue();
  }

  @Test
  void theWaitCountsWhatIsAlreadyGained() {
    TokenBucket bucket = new TokenBucket(1, 1, 0);
    take(bucket, 1, 0);
    assertThat(bucket.passes(1, 900 * MILLI)).isFalse();
    assertThat(bucket.retryAfterMs(1)).isEqualTo(100);
  }

  @Test
  void thereIsNoWaitForWhatPasses() {
    TokenBucket bucket = new TokenBucket(10, 10, 0);
    assertThat(bucket.retryAfterMs(10)).isZero();
    assertThat(new TokenBucket(-1, -1, 0).retryAfterMs(1_000_000)).isZero();
  }

  @Test
  void aCostAboveTheBurstNeverPasses() {
    TokenBucket bucket = new TokenBucket(100, 10, 0);
    assertThat(bucket.passes(11, 3600 * SECOND)).isFalse();
    assertThat(bucket.retryAfterMs(11)).isEqualTo(Denial.NEVER);
  }

  @Test
  void aRateOfZeroAllowsNothingWhateverTheBurst() {
    TokenBucket bucket = new TokenBucket(0, 100, 0);
    assertThat(bucket.passes(1, 3600 * SECOND)).isFalse();
    assertThat(bucket.retryAfterMs(1)).isEqualTo(Denial.NEVER);
  }

  @Test
  void aBurstOfZeroAllowsNothingWhateverTheRate() {
    TokenBucket bucket = new TokenBucket(100, 0, 0);
    assertThat(bucket.passes(1, 3600 * SECOND)).isFalse();
    assertThat(bucket.retryAfterMs(1)).isEqualTo(Denial.NEVER);
  }

  @Test
  void anUnlimitedBurstIsOneSecondsWorth() {
    assertThat(takeSingly(new TokenBucket(7, -1, 0), 100, 0)).isEqualTo(7);
  }

  @Test
  void anUnlimitedRateAllowsEverything() {
    TokenBucket bucket = new TokenBucket(-1, 0, 0);
    for (int i = 0; i < 10_000; i++) {
      assertThat(take(bucket, 1000, 0)).isTrue();
    }
  }

  @Test
  void aClockThatGoesBackAddsNothing() {
    TokenBucket bucket = new TokenBucket(10, 10, 0);
    takeSingly(bucket, 10, SECOND);
    assertThat(bucket.tokens(0)).isZero();
    assertThat(bucket.tokens(SECOND)).isZero();
    assertThat(bucket.tokens(2 * SECOND)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 10})
  void theOriginOfTheClockMayBeAnything(long origin) {
    TokenBucket bucket = new TokenBucket(10, 10, origin);
    takeSingly(bucket, 10, origin);
    assertThat(bucket.tokens(origin + SECOND)).isEqualTo(10);
  }

  @Test
  void aChangedRateHoldsFromTheChangeOn() {
    TokenBucket bucket = new TokenBucket(10, 10, 0);
    takeSingly(bucket, 10, 0);
    bucket.update(5, 10, SECOND / 2);
    assertThat(bucket.tokens(SECOND / 2)).isEqualTo(5);
    assertThat(bucket.tokens(SECOND / 2 + SECOND)).isEqualTo(10);
  }

  @Test
  void aLoweredBurstCutsWhatWasGained() {
    TokenBucket bucket = new TokenBucket(100, 100, 0);
    bucket.update(100, 10, 0);
    assertThat(takeSingly(bucket, 100, 0)).isEqualTo(10);
  }

  @Test
  void aRaisedBurstAddsItsDifferenceAtOnce() {
    TokenBucket bucket = new TokenBucket(10, 10, 0);
    takeSingly(bucket, 10, 0);
    bucket.update(100, 100, 0);
    assertThat(takeSingly(bucket, 1000, 0)).isEqualTo(90);
  }

  @Test
  void aLimitPutOnTheUnlimitedBeginsFull() {
    TokenBucket bucket = new TokenBucket(-1, -1, 0);
    take(bucket, 1_000_000, 0);
    bucket.update(10, 20, SECOND);
    assertThat(takeSingly(bucket, 100, SECOND)).isEqualTo(20);
    bucket.update(-1, -1, SECOND);
    assertThat(take(bucket, 1_000_000, SECOND)).isTrue();
  }

  @Property
  void itIsTheExactBucketForAnyHistory(
      @ForAll @LongRange(min = 1, max = Quota.MAX_LIMIT) long rate,
      @ForAll @LongRange(min = 1, max = Quota.MAX_LIMIT) long burst,
      @ForAll("steps") List<Step> steps) {
    agreesWithTheModel(rate, burst, steps);
  }

  @Property
  void itIsTheExactBucketForSmallRates(
      @ForAll @LongRange(min = 1, max = 50) long rate,
      @ForAll @LongRange(min = 1, max = 50) long burst,
      @ForAll("steps") List<Step> steps) {
    agreesWithTheModel(rate, burst, steps);
  }

  private static void agreesWithTheModel(long rate, long burst, List<Step> steps) {
    TokenBucket bucket = new TokenBucket(rate, burst, 0);
    Model model = new Model(rate, burst);
    long now = 0;
    for (Step step : steps) {
      now += step.elapsed();
      model.advance(step.elapsed());
      long cost = 1 + step.cost() % burst;
      boolean passes = model.take(cost);
      assertThat(take(bucket, cost, now)).isEqualTo(passes);
      assertThat(bucket.tokens(now)).isEqualTo(model.tokens());
      assertThat(bucket.retryAfterMs(burst)).isEqualTo(model.millisUntil(burst));
    }
  }

  @Property
  void neverMorePassesThanBurstAndRateTimesTime(
      @ForAll @LongRange(min = 1, max = 1000) long burst, @ForAll("changes") List<Change> changes) {
    TokenBucket bucket = new TokenBucket(changes.getFirst().rate(), burst, 0);
    BigInteger allowed = nanoTokens(burst);
    BigInteger passed = BigInteger.ZERO;
    long rate = changes.getFirst().rate();
    long now = 0;
    for (Change change : changes) {
      now += change.elapsed();
      allowed = allowed.add(BigInteger.valueOf(rate).multiply(big(change.elapsed())));
      rate = change.rate();
      bucket.update(rate, burst, now);
      long taken = takeSingly(bucket, 200, now);
      passed = passed.add(nanoTokens(taken));
      assertThat(passed).isLessThanOrEqualTo(allowed);
    }
  }

  @Test
  void itGoesOnWhereItWasLeft() {
    TokenBucket bucket = new TokenBucket(100, 50, 7 * SECOND);
    bucket.resume(FlowUse.Bucket.of(50), 100 * MILLI, 7 * SECOND);
    assertThat(takeSingly(bucket, 50, 7 * SECOND)).isEqualTo(10);
    assertThat(takeSingly(bucket, 50, 7 * SECOND + 10 * MILLI)).isEqualTo(1);
  }

  @Property
  void aRateThatChangedMeanwhileLeavesNoMoreThanIfTheBucketHadBeenThere(
      @ForAll("limits") Limits limits,
      @ForAll @IntRange(max = 20) int taken,
      @ForAll("limits") Limits next,
      @ForAll @LongRange(max = 3 * SECOND) long untilChange,
      @ForAll @LongRange(max = 3 * SECOND) long afterwards) {
    TokenBucket stays = new TokenBucket(limits.rate(), limits.burst(), 0);
    takeSingly(stays, taken, 0);
    FlowUse.Bucket left = stays.use(0);
    stays.update(next.rate(), next.burst(), untilChange);
    long now = untilChange + afterwards;

    TokenBucket comes = new TokenBucket(next.rate(), next.burst(), now);
    comes.resume(left, now, now);

    assertThat(comes.tokens(now)).isLessThanOrEqualTo(stays.tokens(now));
    if (now == 0) {
      assertThat(comes.tokens(0)).isEqualTo(stays.tokens(0));
    }
  }

  private record Limits(long rate, long burst) {}

  @Provide
  Arbitrary<Limits> limits() {
    Arbitrary<Long> few = Arbitraries.longs().between(-1, 20);
    return Combinators.combine(few, few).as(Limits::new);
  }

  @Test
  void anUnlimitedBucketGoesOnUnlimited() {
    TokenBucket bucket = new TokenBucket(-1, 0, 0);
    bucket.resume(FlowUse.Bucket.of(70), 0, 0);
    assertThat(take(bucket, 1_000, 0)).isTrue();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> elapsed =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 1000),
            Arbitraries.longs().between(0, 10 * SECOND),
            Arbitraries.longs().between(0, 1000 * 86_400 * SECOND));
    Arbitrary<Long> cost = Arbitraries.longs().between(0, Quota.MAX_LIMIT);
    return Combinators.combine(elapsed, cost).as(Step::new).list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Long> elapsed = Arbitraries.longs().between(0, 3 * SECOND);
    Arbitrary<Long> rate = Arbitraries.longs().between(1, 500);
    return Combinators.combine(elapsed, rate).as(Change::new).list().ofMinSize(1).ofMaxSize(40);
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static BigInteger nanoTokens(long tokens) {
    return big(tokens).multiply(big(SECOND));
  }

  record Step(long elapsed, long cost) {}

  record Change(long elapsed, long rate) {}

  /** The bucket in whole billionths of a token, without a bound on the size of numbers. */
  private static final class Model {
    private final BigInteger rate;
    private final BigInteger capacity;
    private BigInteger level;

    Model(long rate, long burst) {
      this.rate = big(rate);
      this.capacity = nanoTokens(burst);
      this.level = capacity;
    }

    void advance(long nanos) {
      level = level.add(rate.multiply(big(nanos))).min(capacity);
    }

    boolean take(long cost) {
      boolean passes = nanoTokens(cost).compareTo(level) <= 0;
      level = passes ? level.subtract(nanoTokens(cost)) : level;
      return passes;
    }

    long tokens() {
      return level.divide(big(SECOND)).longValueExact();
    }

    long millisUntil(long cost) {
      BigInteger missing = nanoTokens(cost).subtract(level);
      BigInteger perMilli = rate.multiply(big(MILLI));
      return missing.add(perMilli).subtract(BigInteger.ONE).divide(perMilli).longValueExact();
    }
  }
}
