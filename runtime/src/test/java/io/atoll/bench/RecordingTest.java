package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private final List<Interval> seconds = new ArrayList<>();
  private final Timeline timeline = new Timeline(1, seconds::add);

  @Test
  void aStallIsChargedWithAllCallsThatHadToWait() {
    Recording recording = new Recording(1, 0, 2 * SECOND, timeline);
    RateArrivals arrivals = new RateArrivals(Ramp.constant(1_000), 0);
    for (long due = arrivals.nextDue(0); due < 2 * SECOND; due = arrivals.nextDue(due)) {
      arrivals.take();
      long answered = due < SECOND ? SECOND : due;
      recording.add(call(due), Outcome.OK, answered + MILLI);
    }
    Tally all = recording.tallies().all();
    assertThat(all.served()).isEqualTo(2_000);
    assertThat(millis(all, 25)).isEqualTo(1, within(0.01));
    assertThat(millis(all, 75)).isEqualTo(501, within(2.0));
    assertThat(millis(all, 100)).isEqualTo(1_001, within(2.0));
  }

  @Test
  void onlyCallsDueWithinTheMeasurementCount() {
    Recording recording = new Recording(1, SECOND, 2 * SECOND, timeline);
    recording.add(call(SECOND - 1), Outcome.OK, SECOND + MILLI);
    recording.add(call(SECOND), Outcome.OK, SECOND + MILLI);
    recording.add(call(2 * SECOND - 1), Outcome.OK, 5 * SECOND);
    recording.add(call(2 * SECOND), Outcome.OK, 2 * SECOND);
    assertThat(recording.tallies().all().served()).isEqualTo(2);
  }

  @Test
  void aMeasurementCanEndSooner() {
    Recording recording = new Recording(1, 0, 10 * SECOND, timeline);
    recording.endAt(SECOND);
    recording.endAt(3 * SECOND);
    recording.add(call(0), Outcome.OK, 1);
    recording.add(call(SECOND), Outcome.OK, SECOND + 1);
    assertThat(recording.tallies().all().served()).isEqualTo(1);
  }

  @Test
  void refusalsHaveLatenciesOfTheirOwnAndFailuresHaveNone() {
    Recording recording = new Recording(1, 0, SECOND, timeline);
    recording.add(call(0), Outcome.of("RATE_LIMITED"), 1);
    recording.add(call(0), Outcome.of("QUOTA_EXCEEDED"), 2 * MILLI);
    recording.add(call(0), Outcome.of("UNAVAILABLE"), 1);
    recording.add(call(0), Outcome.of("KEY_NOT_FOUND"), MILLI);
    Tally all = recording.tallies().all();
    assertThat(all.limited()).isEqualTo(2);
    assertThat(all.failures()).containsOnlyKeys("UNAVAILABLE").containsValue(1L);
    assertThat(all.served()).isEqualTo(1);
    assertThat(all.missing()).isEqualTo(1);
    assertThat(all.latencies().getTotalCount()).isEqualTo(1);
    assertThat(all.refusals().getTotalCount()).isEqualTo(2);
    assertThat(all.refusals().getMaxValue() / 1e6).isEqualTo(2, within(0.01));
  }

  @Test
  void eachSecondIsReportedOnceAlsoAfterAPause() {
    Recording recording = new Recording(1, 0, 10 * SECOND, timeline);
    recording.add(call(0), Outcome.OK, MILLI);
    recording.roll(SECOND - 1);
    assertThat(seconds).isEmpty();
    recording.roll(SECOND);
    recording.add(call(SECOND), Outcome.LIMITED, 3 * SECOND);
    recording.roll(3 * SECOND);
    assertThat(seconds).extracting(Interval::second).containsExactly(1, 2, 3);
    assertThat(seconds)
        .extracting(interval -> interval.latencies().getTotalCount())
        .containsExactly(1L, 0L, 0L);
    assertThat(seconds).extracting(Interval::limited).containsExactly(0L, 1L, 0L);
  }

  @Test
  void theSecondsOfWorkersAreAddedUp() {
    List<Interval> whole = new ArrayList<>();
    Timeline two = new Timeline(2, whole::add);
    Recording one = new Recording(1, 0, SECOND, two);
    Recording other = new Recording(1, 0, SECOND, two);
    one.add(call(0), Outcome.OK, 1);
    one.roll(SECOND);
    assertThat(whole).isEmpty();
    other.add(call(0), Outcome.OK, 1);
    other.add(call(0), new Outcome.Failed("X"), 1);
    other.roll(SECOND);
    assertThat(whole).hasSize(1);
    assertThat(whole.getFirst().latencies().getTotalCount()).isEqualTo(2);
    assertThat(whole.getFirst().failed()).isEqualTo(1);
  }

  private static Call call(long due) {
    return new Call(Kind.GET, 0, 0, 0, 0, 0, due);
  }

  private static double millis(Tally tally, double percentile) {
    return tally.latencies().getValueAtPercentile(percentile) / 1e6;
  }
}
