package io.atoll.faults.check;

import static io.atoll.faults.check.Histories.ABSENT;
import static io.atoll.faults.check.Histories.UNKNOWN;
import static io.atoll.faults.check.Histories.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A burst of 5, and 10 a second: one each 100 ms. */
class ExactQuotaTest {
  private static final long MILLIS = 1_000_000;
  private static final long[] NO_FAILOVER = {};

  @Test
  void theBurstAndThenTheRateHold() {
    List<Operation> admitted = burst(0, 5);
    for (int i = 1; i <= 100; i++) {
      admitted.addAll(burst(100 * i, 1));
    }
    assertThat(check(admitted, NO_FAILOVER)).isEqualTo(new Verdict.Holds());
  }

  @Test
  void oneMoreThanTheBurstIsFound() {
    assertThat(check(burst(0, 6), NO_FAILOVER)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void oneMoreThanTheRateIsFoundInsideALongRun() {
    List<Operation> admitted = burst(0, 1);
    admitted.addAll(burst(10_000, 5));
    admitted.addAll(burst(10_050, 1));
    admitted.addAll(burst(20_000, 1));
    assertThat(check(admitted, NO_FAILOVER)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void aFailoverGivesOneBurstMoreAroundIt() {
    List<Operation> admitted = burst(0, 5);
    admitted.addAll(burst(20, 5));
    assertThat(check(admitted, 10)).isEqualTo(new Verdict.Holds());
    assertThat(check(admitted, 30)).isInstanceOf(Verdict.Broken.class);
    admitted.addAll(burst(20, 1));
    assertThat(check(admitted, 10)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void aFailoverThatTakesTimeGivesOneBurstMoreToAWindowThatBeginsMeanwhile() {
    List<Operation> admitted = burst(100, 5);
    admitted.addAll(burst(120, 5));
    assertThat(check(admitted, new Span(0, 110 * MILLIS))).isEqualTo(new Verdict.Holds());
    assertThat(check(admitted, new Span(0, 90 * MILLIS))).isInstanceOf(Verdict.Broken.class);
    admitted.addAll(burst(120, 1));
    assertThat(check(admitted, new Span(0, 110 * MILLIS))).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void whatWasRefusedOrIsUnknownIsNotCounted() {
    List<Operation> operations = burst(0, 5);
    operations.add(get(0, 1, UNKNOWN));
    operations.add(get(0, 1, new Outcome.Refused("RATE_LIMITED")));
    assertThat(check(operations, NO_FAILOVER)).isEqualTo(new Verdict.Holds());
  }

  private static List<Operation> burst(long atMillis, int count) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operations.add(get(atMillis * MILLIS, (atMillis + 1) * MILLIS, ABSENT));
    }
    return operations;
  }

  private static Verdict check(List<Operation> operations, long... failoverMillis) {
    return check(
        operations,
        LongStream.of(failoverMillis)
            .mapToObj(at -> new Span(at * MILLIS, at * MILLIS))
            .toArray(Span[]::new));
  }

  private static Verdict check(List<Operation> operations, Span... failovers) {
    return new ExactQuota(5, 10, List.of(failovers)).check(operations);
  }
}
