package io.atoll.map;

import io.atoll.usage.UsageBucket;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the operations of one map use, in the minutes in which they happened. What an event
 * meters is the same when it is written and when it is read back. Not thread-safe.
 */
final class MapMeter {
  private static final long MINUTE_MS = 60_000;

  /** Null while nothing is counted. */
  private @Nullable TreeMap<Long, Minute> minutes;

  private static final class Minute {
    private long readOps;
    private long writeOps;
    private long rejectedOps;
    private long storageDelta;
    private long bytesIn;
    private long bytesOut;

    UsageBucket bucket(long minute) {
      return new UsageBucket(
          minute, readOps, writeOps, rejectedOps, 0, storageDelta, 0, 0, bytesIn, bytesOut, 0, 0);
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
    TreeMap<Long, Minute> counted = minutes;
    minutes = null;
    return counted == null
        ? List.of()
        : counted.entrySet().stream()
            .map(minute -> minute.getValue().bucket(minute.getKey()))
            .toList();
  }

  private Minute minute(long at) {
    TreeMap<Long, Minute> counted = minutes;
    if (counted == null) {
      counted = new TreeMap<>();
      minutes = counted;
    }
    return counted.computeIfAbsent(Math.floorDiv(at, MINUTE_MS), _ -> new Minute());
  }
}
