package io.atoll.metrics;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The count of one series. A series whose tenant has lost its label is merged into an heir, and
 * whoever still adds to it adds to the heir: nothing is lost and nothing counted twice.
 * Thread-safe.
 */
final class Series {
  private final LongAdder count = new LongAdder();
  private volatile @Nullable Series heir;

  /** Adds; the look at the heir comes after, so that either this or the merge moves the count. */
  void add(long events) {
    count.add(events);
    Series next = heir;
    if (next != null) {
      next.add(count.sumThenReset());
    }
  }

  /** Moves the count, and all that is still added, to another series, which is never merged. */
  void mergeInto(Series other) {
    heir = other;
    other.add(count.sumThenReset());
  }

  long sum() {
    return count.sum();
  }
}
