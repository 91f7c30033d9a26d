package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryMarksTest {
  private static final int EVENTS = 1_000_000;

  /** One change in each event, one event each millisecond. */
  private static final HistoryMarks LONG = marks();

  @Test
  void aLongStreamHasFewMarks() {
    assertThat(LONG.bySeq().size()).isBetween(100, 1_024);
  }

  @Test
  void youngChangesAreFoundNearTheirEvent() {
    for (int seq = EVENTS - 4_000; seq <= EVENTS; seq += 100) {
      assertThat(LONG.ordinalBefore(seq)).isBetween(seq - 128L, (long) seq);
    }
  }

  @Test
  void oldChangesAreFoundTheNearerTheYoungerTheyAre() {
    for (int seq = 1; seq < EVENTS - 4_000; seq += 1_000) {
      assertThat(LONG.ordinalBefore(seq)).isBetween(seq - (EVENTS - seq) / 16L, (long) seq);
    }
  }

  @Test
  void whatRetentionWantsIsNeverBeforeAMark() {
    for (int time = 1; time < EVENTS; time += 1_000) {
      assertThat(LONG.ordinalAt(time)).isLessThanOrEqualTo(time);
    }
  }

  private static HistoryMarks marks() {
    HistoryMarks marks = HistoryMarks.NONE;
    for (int i = 1; i <= EVENTS; i++) {
      marks = marks.after(i, i, i);
    }
    return marks;
  }
}
