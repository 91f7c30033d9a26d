package io.atoll.ledger;

import io.atoll.usage.UsageBucket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns what was counted since the last event into the absolute values of the next. */
final class LedgerRules {
  private LedgerRules() {}

  /**
   * The event that adds these counts to their minutes; a count for a minute that is closed goes to
   * the first that is not. Each minute's level of stored bytes follows from all changes before it.
   */
  static LedgerEvent.MinutesMetered meter(
      LedgerState state,
      List<UsageBucket> counted,
      Collection<Watermark> watermarks,
      long closedThrough) {
    TreeMap<Long, UsageBucket> minutes = new TreeMap<>(state.minutes());
    for (UsageBucket count : counted) {
      long minute = Math.max(count.minute(), state.closedThrough() + 1);
      minutes.merge(minute, count.at(minute), UsageBucket::plus);
    }
    long closed = Math.max(state.closedThrough(), closedThrough);
    return new LedgerEvent.MinutesMetered(changed(state, minutes), List.copyOf(watermarks), closed);
  }

  /** The last minute that may be closed: shipped, and so old that nothing more comes for it. */
  static long closable(long presentMinute, long keptMinutes, long firstUnshipped) {
    return Math.min(presentMinute - keptMinutes, firstUnshipped - 1);
  }

  private static List<UsageBucket> changed(
      LedgerState state, SortedMap<Long, UsageBucket> minutes) {
    List<UsageBucket> changed = new ArrayList<>();
    long level = state.closedStorageBytes();
    for (UsageBucket minute : minutes.values()) {
      level = Math.max(0, level + minute.storageDelta());
      UsageBucket levelled = withStorage(minute, level);
      if (!levelled.equals(state.minutes().get(minute.minute()))) {
        changed.add(levelled);
      }
    }
    return changed;
  }

  private static UsageBucket withStorage(UsageBucket bucket, long storageBytes) {
    return new UsageBucket(
        bucket.minute(),
        bucket.readOps(),
        bucket.writeOps(),
        bucket.rejectedOps(),
        storageBytes,
        bucket.storageDelta(),
        bucket.connectionMillis(),
        bucket.peakConnections(),
        bucket.bytesIn(),
        bucket.bytesOut(),
        bucket.messagesIn(),
        bucket.messagesOut());
  }
}
