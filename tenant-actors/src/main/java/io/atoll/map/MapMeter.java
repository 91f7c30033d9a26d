package io.atoll.map;

import io.atoll.usage.UsageBucket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the operations of one map use, in the minutes in which they happened. What an event
 * meters is the same when it is written and when it is read back. Not thread-safe.
 */
final class MapMeter {
  private static final long MINUTE_MS = 60_000;

  /** The last minute in which something happened; null while nothing is counted. */
  private @Nullable Minute last;

  private static final class Minute {
    private final long number;

    /** The one before in which something happened. */
    private @Nullable Minute before;

    private long readOps;
    private long writeOps;
    private long rejectedOps;
    private long storageDelta;
    private long bytesIn;
    private long bytesOut;

    Minute(long number, @Nullable Minute before) {
      this.number = number;
      this.before = before;
    }

    UsageBucket bucket() {
      return new UsageBucket(
          number, readOps, writeOps, rejectedOps, 0, storageDelta, 0, 0, bytesIn, bytesOut, 0, 0);
    }
  }

  void read(long at, long bytesIn) {
    Minute minute = minute(at);
    minute.readOps++;
    minute.bytesIn += bytesIn;
  }

  /** Writes whose first answer was given again. */
  void repeated(long at, long operations) {
    minute(at).readOps += operations;
  }

  void rejected(long at, long operations) {
    minute(at).rejectedOps += operations;
  }

  void bytesOut(long at, long bytes) {
    minute(at).bytesOut += bytes;
  }

  void write(long at, long operations, long bytesIn, long storageDelta) {
    Minute minute = minute(at);
    minute.writeOps += operations;
    minute.bytesIn += bytesIn;
    minute.storageDelta += storageDelta;
  }

  /** Counts what the event meters. */
  void event(MapEvent event) {
    switch (event) {
      case MapEvent.EntriesChanged changed ->
          write(changed.at(), changed.writeOperations(), changed.bytesIn(), changed.storageDelta());
      case MapEvent.Cleared cleared ->
          write(cleared.at(), cleared.writeOperations(), 0, cleared.storageDelta());
      case MapEvent.Checkpointed _ -> {}
    }
  }

  /** Takes all that was counted, in the order of time. */
  List<UsageBucket> drain() {
    List<UsageBucket> counted = new ArrayList<>();
    for (Minute minute = last; minute != null; minute = minute.before) {
      counted.add(minute.bucket());
    }
    last = null;
    return counted.reversed();
  }

  /** Mostly the last one, which is found without a search. */
  private Minute minute(long at) {
    long number = Math.floorDiv(at, MINUTE_MS);
    Minute after = null;
    Minute found = last;
    while (found != null && found.number > number) {
      after = found;
      found = found.before;
    }
    if (found != null && found.number == number) {
      return found;
    }
    Minute added = new Minute(number, found);
    if (after == null) {
      last = added;
    } else {
      after.before = added;
    }
    return added;
  }
}
