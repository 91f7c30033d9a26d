package io.atoll.map;

import org.pcollections.TreePMap;

/**
 * A sparse index of a map's stream: from the number of a change to the event near which it is
 * found, with the event's time. Immutable.
 */
record HistoryMarks(TreePMap<Long, Mark> bySeq) {
  /** One event in this many gets a mark. */
  static final int SPACING = 128;

  static final HistoryMarks NONE = new HistoryMarks(TreePMap.empty());

  /** The event with this ordinal was written at this time (epoch milliseconds). */
  record Mark(long ordinal, long at) {}

  /** With a mark for an event whose first change is {@code seq}, if it is time for one. */
  HistoryMarks after(long seq, long ordinal, long at) {
    return ordinal % SPACING == 1 ? new HistoryMarks(bySeq.plus(seq, new Mark(ordinal, at))) : this;
  }

  /** An ordinal at or before the event that holds the change {@code seq}. */
  long ordinalBefore(long seq) {
    var mark = bySeq.floorEntry(seq);
    return mark == null ? 1 : mark.getValue().ordinal();
  }

  /**
   * The ordinal of the last marked event that is not younger than {@code time}, 1 if there is none.
   */
  long ordinalAt(long time) {
    long found = 1;
    for (Mark mark : bySeq.values()) {
      if (mark.at() > time) {
        break;
      }
      found = mark.ordinal();
    }
    return found;
  }

  /** Without the marks of events before this ordinal. */
  HistoryMarks from(long ordinal) {
    TreePMap<Long, Mark> kept = bySeq;
    while (!kept.isEmpty() && kept.firstEntry().getValue().ordinal() < ordinal) {
      kept = kept.minusFirstEntry();
    }
    return new HistoryMarks(kept);
  }
}
