package io.atoll.faults.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stream has one writer at a time: its events are numbered without a gap and without a number
 * used twice, and those of each writer follow each other.
 */
public final class SingleWriter {
  private final List<String> faults = new ArrayList<>();
  private final Set<String> finished = new HashSet<>();
  private final String stream;
  private long next;
  private String writer = "";

  private SingleWriter(String stream, long first) {
    this.stream = stream;
    this.next = first;
  }

  /** Checks a stream's events in the order stored, from the {@code first} that is kept. */
  public static Verdict check(String stream, long first, Iterable<JournalRecord> records) {
    SingleWriter check = new SingleWriter(stream, first);
    records.forEach(check::take);
    return Verdict.of(check.faults);
  }

  private void take(JournalRecord event) {
    if (!event.stream().equals(stream)) {
      faults.add("an event of %s in %s".formatted(event.stream(), stream));
    }
    if (event.sequenceNr() != next) {
      faults.add("%s: event %d where %d is due".formatted(stream, event.sequenceNr(), next));
    }
    next = event.sequenceNr() + 1;
    if (!event.writer().equals(writer)) {
      finished.add(writer);
      writer = event.writer();
      if (finished.contains(writer)) {
        faults.add(
            "%s: event %d is of %s, whom another writer had followed"
                .formatted(stream, event.sequenceNr(), writer));
      }
    }
  }
}
