package io.atoll.ledger;

import io.atoll.usage.UsageBucket;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * The minutes that may still change or be unshipped, and the watermarks of the maps. {@code
 * closedStorageBytes} is the level of stored bytes at the end of the closed minutes. Immutable.
 */
public record LedgerState(
    TreePMap<Long, UsageBucket> minutes,
    PMap<String, Watermark> watermarks,
    long closedThrough,
    long closedStorageBytes) {
  static final LedgerState EMPTY =
      new LedgerState(TreePMap.empty(), HashTreePMap.empty(), Long.MIN_VALUE, 0);

  /** How far this map is metered; nothing of it when it is not known. */
  Watermark watermark(String map) {
    Watermark known = watermarks.get(map);
    return known == null ? new Watermark(map, 0, 0, 0) : known;
  }

  /** The state after the event; live and on replay alike. */
  LedgerState apply(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.MinutesMetered metered -> apply(metered);
    };
  }

  private LedgerState apply(LedgerEvent.MinutesMetered event) {
    TreePMap<Long, UsageBucket> changed = minutes;
    for (UsageBucket bucket : event.minutes()) {
      changed = changed.plus(bucket.minute(), bucket);
    }
    PMap<String, Watermark> marks = watermarks;
    for (Watermark mark : event.watermarks()) {
      marks = marks.plus(mark.map(), mark);
    }
    return new LedgerState(changed, marks, closedThrough, closedStorageBytes)
        .closed(event.closedThrough());
  }

  private LedgerState closed(long through) {
    TreePMap<Long, UsageBucket> open = minutes;
    long level = closedStorageBytes;
    for (Map.Entry<Long, UsageBucket> entry : minutes.headMap(through, true).entrySet()) {
      level = entry.getValue().storageBytes();
      open = open.minus(entry.getKey());
    }
    return new LedgerState(open, watermarks, Math.max(closedThrough, through), level);
  }
}
