package io.atoll.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleWriterTest {
  @Test
  void writersThatFollowEachOtherHold() {
    assertThat(stored(1, "1a", "2a", "3b", "4b", "5c")).isEqualTo(new Verdict.Holds());
    assertThat(stored(1)).isEqualTo(new Verdict.Holds());
  }

  @Test
  void aStreamMayBeginAfterWhatWasDeleted() {
    assertThat(stored(4, "4a", "5b")).isEqualTo(new Verdict.Holds());
    assertBroken("event 5 where 4 is due", stored(4, "5a"));
  }

  @Test
  void aGapIsFound() {
    assertBroken("event 3 where 2 is due", stored(1, "1a", "3a", "4a"));
  }

  @Test
  void aNumberUsedTwiceIsFound() {
    assertBroken("event 2 where 3 is due", stored(1, "1a", "2a", "2a", "3a"));
  }

  @Test
  void aWriterThatComesBackIsFound() {
    assertBroken("event 3 is of a", stored(1, "1a", "2b", "3a"));
  }

  @Test
  void anEventOfAnotherStreamIsFound() {
    assertThat(SingleWriter.check("map|acme|1|m", 1, List.of(new JournalRecord("other", 1, "a"))))
        .isInstanceOf(Verdict.Broken.class);
  }

  /** Events as number and writer. */
  private static Verdict stored(long first, String... events) {
    List<JournalRecord> records = new ArrayList<>();
    for (String event : events) {
      records.add(new JournalRecord("map|acme|1|m", event.charAt(0) - '0', event.substring(1)));
    }
    return SingleWriter.check("map|acme|1|m", first, records);
  }

  private static void assertBroken(String words, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.faults()).first().asString().contains(words));
  }
}
