package io.atoll.faults.check;

import static io.atoll.faults.check.Histories.ABSENT;
import static io.atoll.faults.check.Histories.DELETED;
import static io.atoll.faults.check.Histories.ENTRY;
import static io.atoll.faults.check.Histories.MISMATCH;
import static io.atoll.faults.check.Histories.UNKNOWN;
import static io.atoll.faults.check.Histories.compareAndSet;
import static io.atoll.faults.check.Histories.delete;
import static io.atoll.faults.check.Histories.found;
import static io.atoll.faults.check.Histories.set;
import static io.atoll.faults.check.Histories.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoLostWriteTest {
  private static final Verdict HOLDS = new Verdict.Holds();

  @Test
  void theLastWriteIsLeft() {
    assertThat(
            left(
                found("b", 2), set(0, 1, "a", written(1)), compareAndSet(2, 3, "b", 1, written(2))))
        .isEqualTo(HOLDS);
  }

  @Test
  void eitherOfTwoWritesAtTheSameTimeIsLeft() {
    Operation a = set(0, 10, "a", written(2));
    Operation b = set(5, 6, "b", UNKNOWN);
    assertThat(left(found("a", 2), a, b)).isEqualTo(HOLDS);
    assertThat(left(found("b", 3), a, b)).isEqualTo(HOLDS);
  }

  @Test
  void anUnknownWriteMayComeLate() {
    assertThat(left(found("a", 9), set(0, 1, "a", UNKNOWN), set(5, 6, "b", written(2))))
        .isEqualTo(HOLDS);
  }

  @Test
  void aLostWriteIsFound() {
    assertBroken("lost", left(null, set(0, 1, "a", written(1))));
  }

  @Test
  void aWriteLostToAnOlderOneIsFound() {
    assertBroken(
        "came back", left(found("a", 1), set(0, 1, "a", written(1)), set(2, 3, "b", written(2))));
  }

  @Test
  void aWriteLostToOneAtTheSameTimeWithALowerVersionIsFound() {
    assertBroken(
        "version 2", left(found("a", 1), set(0, 9, "a", written(1)), set(1, 8, "b", written(2))));
  }

  @Test
  void aWriteWithAnotherVersionThanItWasGivenIsFound() {
    assertBroken("is left", left(found("a", 7), set(0, 1, "a", written(1))));
  }

  @Test
  void aDeletedEntryThatComesBackIsFound() {
    assertBroken(
        "came back", left(found("a", 1), set(0, 1, "a", written(1)), delete(2, 3, DELETED)));
  }

  @Test
  void aDeleteExplainsAnAbsentEntry() {
    assertThat(left(null, set(0, 1, "a", written(1)), delete(2, 3, DELETED))).isEqualTo(HOLDS);
    assertThat(left(null, delete(0, 1, UNKNOWN), set(2, 3, "a", written(1)))).isEqualTo(HOLDS);
  }

  @Test
  void aDeleteBeforeTheWriteExplainsNothing() {
    assertBroken("lost", left(null, delete(0, 1, DELETED), set(2, 3, "a", written(1))));
    assertBroken("lost", left(null, set(2, 3, "a", written(1)), delete(4, 5, ABSENT)));
  }

  @Test
  void aWriteThatWasRefusedAndIsThereIsFound() {
    assertBroken("nobody", left(found("a", 1), compareAndSet(0, 1, "a", 4, MISMATCH)));
    assertBroken("nobody", left(found("x", 1), set(0, 1, "a", written(1)), delete(2, 3, UNKNOWN)));
  }

  private static Verdict left(Outcome.Found found, Operation... operations) {
    return NoLostWrite.check(List.of(operations), found == null ? Map.of() : Map.of(ENTRY, found));
  }

  private static void assertBroken(String word, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.faults()).singleElement().asString().contains(word));
  }
}
