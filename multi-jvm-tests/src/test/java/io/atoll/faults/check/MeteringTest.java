package io.atoll.faults.check;

import static io.atoll.faults.check.Histories.ABSENT;
import static io.atoll.faults.check.Histories.MISMATCH;
import static io.atoll.faults.check.Histories.UNKNOWN;
import static io.atoll.faults.check.Histories.compareAndSet;
import static io.atoll.faults.check.Histories.delete;
import static io.atoll.faults.check.Histories.found;
import static io.atoll.faults.check.Histories.get;
import static io.atoll.faults.check.Histories.operation;
import static io.atoll.faults.check.Histories.set;
import static io.atoll.faults.check.Histories.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteringTest {
  private static final List<Operation> HISTORY =
      List.of(
          set(0, 1, "a", written(1)),
          operation(new Action.Set("b"), written(2), new Span(2, 3), 2),
          compareAndSet(4, 5, "c", 1, MISMATCH),
          set(6, 7, "d", UNKNOWN),
          set(8, 9, "e", new Outcome.Refused("RATE_LIMITED")),
          delete(10, 11, ABSENT),
          get(12, 13, found("b", 2)));

  @Test
  void fromTheAcknowledgedToThePossibleOnesHolds() {
    for (int metered = 2; metered <= 5; metered++) {
      assertThat(Metering.check("acme", HISTORY, metered)).isEqualTo(new Verdict.Holds());
    }
  }

  @Test
  void anAcknowledgedWriteThatIsNotMeteredIsFound() {
    assertThat(Metering.check("acme", HISTORY, 1)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void aWriteThatIsMeteredTwiceIsFound() {
    assertThat(Metering.check("acme", HISTORY, 6)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void anotherTenantsWritesAreNotCounted() {
    assertThat(Metering.check("other", HISTORY, 0)).isEqualTo(new Verdict.Holds());
    assertThat(Metering.check("other", HISTORY, 1)).isInstanceOf(Verdict.Broken.class);
  }
}
