package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateArrivalsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aConstantRateIsEvenlySpaced() {
    List<Long> due = until(new RateArrivals(Ramp.constant(4), 0), 2 * SECOND);
    assertThat(due)
        .containsExactly(
            0L,
            250_000_000L,
            500_000_000L,
            750_000_000L,
            1_000_000_000L,
            1_250_000_000L,
            1_500_000_000L,
            1_750_000_000L);
  }

  @Test
  void aPhaseShiftsTheCallsOfAnotherWorker() {
    assertThat(until(new RateArrivals(Ramp.constant(2), 0.5), SECOND))
        .containsExactly(250_000_000L, 750_000_000L);
  }

  @Test
  void asManyCallsAreDueAsTheAreaUnderTheRamp() {
    RateArrivals arrivals = new RateArrivals(Ramp.parse("10s:100,10s:100,10s:0"), 0);
    List<Long> due = until(arrivals, 30 * SECOND);
    assertThat(due).hasSize(2_000).isSorted();
    assertThat(due.stream().filter(time -> time < 10 * SECOND).count()).isEqualTo(500);
    assertThat(due.stream().filter(time -> time < 20 * SECOND).count()).isEqualTo(1_500);
    assertThat(arrivals.nextDue(30 * SECOND)).isEqualTo(Arrivals.NEVER);
  }

  @Test
  void eachCallIsDueWhenTheAreaReachesItsNumber() {
    RateArrivals arrivals = new RateArrivals(Ramp.parse("10s:100"), 0);
    for (int number = 0; number < 500; number++) {
      double seconds = arrivals.nextDue(0) / 1e9;
      assertThat(5 * seconds * seconds).isEqualTo(number, within(1e-4));
      assertThat(arrivals.take()).isEqualTo(Arrivals.NOBODY);
    }
  }

  @Test
  void aPauseIsPassedOver() {
    List<Long> due =
        until(new RateArrivals(Ramp.parse("0s:1,3s:1,0s:0,10s:0,0s:1"), 0), 15 * SECOND);
    assertThat(due).containsExactly(0L, SECOND, 2 * SECOND, 13 * SECOND, 14 * SECOND);
  }

  private static List<Long> until(Arrivals arrivals, long end) {
    List<Long> due = new ArrayList<>();
    for (long next = arrivals.nextDue(0); next < end; next = arrivals.nextDue(next)) {
      due.add(next);
      arrivals.take();
    }
    return due;
  }
}
