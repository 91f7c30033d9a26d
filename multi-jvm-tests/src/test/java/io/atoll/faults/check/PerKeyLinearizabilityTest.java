package io.atoll.faults.check;

import static io.atoll.faults.check.Histories.ABSENT;
import static io.atoll.faults.check.Histories.DELETED;
import static io.atoll.faults.check.Histories.MISMATCH;
import static io.atoll.faults.check.Histories.UNKNOWN;
import static io.atoll.faults.check.Histories.compareAndSet;
import static io.atoll.faults.check.Histories.delete;
import static io.atoll.faults.check.Histories.found;
import static io.atoll.faults.check.Histories.get;
import static io.atoll.faults.check.Histories.set;
import static io.atoll.faults.check.Histories.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerKeyLinearizabilityTest {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final int MANY = 18;

  @Test
  void oneAfterTheOtherHolds() {
    assertHolds(
        get(0, 1, ABSENT),
        set(2, 3, "a", written(1)),
        get(4, 5, found("a", 1)),
        compareAndSet(6, 7, "b", 1, written(2)),
        compareAndSet(8, 9, "c", 1, MISMATCH),
        get(10, 11, found("b", 2)),
        delete(12, 13, DELETED),
        delete(14, 15, ABSENT),
        compareAndSet(16, 17, "d", 0, written(4)),
        get(18, 19, found("d", 4)));
  }

  @Test
  void aReadDuringAWriteMayFindEither() {
    assertHolds(set(0, 10, "a", written(1)), get(1, 2, ABSENT), get(3, 4, found("a", 1)));
    assertBroken(set(0, 10, "a", written(1)), get(1, 2, found("a", 1)), get(3, 4, ABSENT));
  }

  @Test
  void aStaleReadIsFound() {
    assertBroken(set(0, 1, "a", written(1)), set(2, 3, "b", written(2)), get(4, 5, found("a", 1)));
  }

  @Test
  void aLostWriteIsFound() {
    assertBroken(set(0, 1, "a", written(1)), get(2, 3, ABSENT));
  }

  @Test
  void aReadOfWhatNobodyWroteIsFound() {
    assertBroken(set(0, 1, "a", written(1)), get(2, 3, found("x", 1)));
    assertBroken(get(2, 3, found("x", 1)));
  }

  @Test
  void twoCompareAndSetsOfOneVersionAreFound() {
    assertBroken(
        set(0, 1, "a", written(1)),
        compareAndSet(2, 9, "b", 1, written(2)),
        compareAndSet(3, 8, "c", 1, written(3)));
  }

  @Test
  void aMismatchWithTheVersionThatIsThereIsFound() {
    assertBroken(set(0, 1, "a", written(1)), compareAndSet(2, 3, "b", 1, MISMATCH));
    assertBroken(compareAndSet(2, 3, "b", 0, MISMATCH));
  }

  @Test
  void aDeleteOfNothingIsFound() {
    assertBroken(delete(0, 1, DELETED));
    assertBroken(set(0, 1, "a", written(1)), delete(2, 3, ABSENT));
  }

  @Test
  void aDeletedValueThatComesBackIsFound() {
    assertBroken(set(0, 1, "a", written(1)), delete(2, 3, DELETED), get(4, 5, found("a", 1)));
  }

  @Test
  void aVersionThatDoesNotGrowIsFound() {
    assertBroken(set(0, 1, "a", written(5)), set(2, 3, "b", written(4)));
    assertBroken(set(0, 9, "a", written(5)), set(1, 8, "b", written(5)));
    assertBroken(set(0, 1, "a", written(5)), get(2, 3, found("a", 6)));
  }

  @Test
  void anUnknownWriteMayComeLateOrNever() {
    Operation unknown = set(0, 1, "a", UNKNOWN);
    Operation later = set(2, 3, "b", written(1));
    assertHolds(unknown, later, get(4, 5, found("b", 1)), get(6, 7, found("a", 2)));
    assertHolds(unknown, later, get(4, 5, found("b", 1)));
    assertBroken(unknown, later, get(4, 5, found("a", 2)), get(6, 7, found("b", 1)));
  }

  @Test
  void anUnknownWriteIsNotDoneBeforeItIsAskedFor() {
    assertBroken(get(0, 1, found("a", 1)), set(2, 3, "a", UNKNOWN));
  }

  @Test
  void anUnknownDeleteExplainsAnAbsentEntry() {
    assertHolds(set(0, 1, "a", written(1)), delete(2, 3, UNKNOWN), get(4, 5, ABSENT));
  }

  @Test
  void entriesAreRegistersOfTheirOwn() {
    Operation other =
        new Operation(
            1, new Entry("acme", "users", "u2"), new Action.Get(), ABSENT, new Span(2, 3), 1);
    assertHolds(set(0, 1, "a", written(1)), other);
  }

  @Test
  void whatIsNotDoneInTimeIsUndecided() {
    List<Operation> hard = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      hard.add(set(0, 100, "v" + i, UNKNOWN));
      hard.add(delete(0, 100, UNKNOWN));
    }
    hard.add(set(0, 100, "last", written(1)));
    hard.add(get(101, 102, found("nobody", 2)));
    assertThat(PerKeyLinearizability.check(hard, Duration.ZERO))
        .isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  void aLongHistoryOfWritersAtTheSameTimeIsCheckedQuickly() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      operations.add(set(10L * i, 10L * i + 75, "v" + i, written(i + 1)));
    }
    assertThat(PerKeyLinearizability.check(operations, BOUND)).isEqualTo(new Verdict.Holds());
  }

  private static void assertHolds(Operation... operations) {
    assertThat(PerKeyLinearizability.check(List.of(operations), BOUND))
        .isEqualTo(new Verdict.Holds());
  }

  private static void assertBroken(Operation... operations) {
    assertThat(PerKeyLinearizability.check(List.of(operations), BOUND))
        .isInstanceOf(Verdict.Broken.class);
  }
}
