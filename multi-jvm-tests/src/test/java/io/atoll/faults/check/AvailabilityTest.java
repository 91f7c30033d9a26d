package io.atoll.faults.check;

import static io.atoll.faults.check.Histories.UNKNOWN;
import static io.atoll.faults.check.Histories.get;
import static io.atoll.faults.check.Histories.operation;
import static io.atoll.faults.check.Histories.set;
import static io.atoll.faults.check.Histories.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final long MILLIS = 1_000_000;
  private static final Availability.Bounds BOUNDS =
      new Availability.Bounds(0, Duration.ofMillis(500), Duration.ofSeconds(2));

  @Test
  void aRunWithinTheBoundsHolds() {
    Availability figures = Availability.of(calm());
    assertThat(figures)
        .isEqualTo(
            new Availability(
                1000, 0, 0, Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(10)));
    assertThat(figures.within(BOUNDS)).isEqualTo(new Verdict.Holds());
  }

  @Test
  void requestsWithoutAnAnswerHaveFailed() {
    List<Operation> operations = calm();
    operations.add(get(0, 1, UNKNOWN));
    operations.add(get(0, 1, new Outcome.Refused(Outcome.Refused.NOT_SENT)));
    operations.add(get(0, 1, new Outcome.Refused("RATE_LIMITED")));
    assertThat(Availability.of(operations).failed()).isEqualTo(2);
    assertBroken("2 requests have failed", operations);
  }

  @Test
  void aRequestWhoseSecondAttemptWasAnsweredHasNotFailed() {
    List<Operation> operations = calm();
    operations.add(get(0, 1, new Outcome.Retried(new Outcome.Mismatch())));
    Operation inVain =
        get(0, 1, new Outcome.Retried(new Outcome.Refused(Outcome.Refused.NOT_SENT)));
    operations.add(inVain);
    assertThat(Availability.failures(operations)).containsExactly(inVain);
  }

  @Test
  void aPauseOfAllIsAnOutage() {
    List<Operation> operations = calm();
    operations.add(set(12_000 * MILLIS, 12_400 * MILLIS, "a", written(1)));
    assertBroken("no success for PT2.4S", operations);
  }

  @Test
  void aTailIsFound() {
    List<Operation> operations = calm();
    for (int i = 0; i < 20; i++) {
      operations.add(get(i * MILLIS, (i + 600) * MILLIS, Histories.ABSENT));
    }
    assertBroken("p99 is PT0.6S", operations);
  }

  @Test
  void oneSlowAnswerIsTheSlowest() {
    List<Operation> operations = calm();
    operations.add(get(0, 700 * MILLIS, Histories.ABSENT));
    operations.add(get(0, 900 * MILLIS, UNKNOWN));
    assertThat(Availability.of(operations).slowest()).isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void retriesAreCounted() {
    Operation retried = operation(new Action.Get(), Histories.ABSENT, new Span(0, 1), 2);
    assertThat(Availability.of(List.of(retried)).retries()).isEqualTo(1);
  }

  @Test
  void nobodyServedIsAnOutageFromBeginningToEnd() {
    assertThat(Availability.of(List.of(get(0, 3_000 * MILLIS, UNKNOWN))).longestOutage())
        .isEqualTo(Duration.ofSeconds(3));
  }

  private static List<Operation> calm() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      operations.add(get(10 * i * MILLIS, 10 * (i + 1) * MILLIS, Histories.ABSENT));
    }
    return operations;
  }

  private static void assertBroken(String words, List<Operation> operations) {
    assertThat(Availability.of(operations).within(BOUNDS))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.faults()).first().asString().contains(words));
  }
}
