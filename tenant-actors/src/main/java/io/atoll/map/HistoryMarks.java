package io.atoll.map;

import java.util.Map;
import org.pcollections.TreePMap;

/**
 * A sparse index of a map's stream: from the number of a change to the event near which it is
 * found, with the event's time. The older the events, the fewer have a mark, so that there are
 * never more than {@link #MOST}. Immutable.
 */
record HistoryMarks(TreePMap<Long, Mark> bySeq) {
  /** One event in this many gets a mark. */
  static final int SPACING = 128;

  /** Marks of the longest stream. */
  static final int MOST = 1024;

  /** Thinned marks are apart by this fraction of their age, counted in events. */
  private static final int NEARNESS = 64;

  static final HistoryMarks NONE = new HistoryMarks(TreePMap.empty());

  /** The event with this ordinal was written at this time (epoch milliseconds). */
  record Mark(long ordinal, long at) {}

  /** With a mark for an event whose first change is {@code seq}, if it is time for one. */
  HistoryMarks after(long seq, long ordinal, long at) {
    return ordinal % SPACING == 1
        ? new HistoryMarks(thinned(ordinal).plus(seq, new Mark(ordinal, at)))
        : this;
  }

  /** When there are too many, without those that are close together for their age. */
  private TreePMap<Long, Mark> thinned(long newest) {
    if (bySeq.size() < MOST) {
      return bySeq;
    }
    TreePMap<Long, Mark> kept = TreePMap.empty();
    long younger = newest;
    for (Map.Entry<Long, Mark> entry : bySeq.descendingMap().entrySet()) {
      long ordinal = entry.getValue().ordinal();
      if (younger - ordinal >= (newest - ordinal) / NEARNESS) {
        kept = kept.plus(entry.getKey(), entry.getValue());
        younger = ordinal;
      }
    }
    return kept;
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
