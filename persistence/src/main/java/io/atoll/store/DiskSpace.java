package io.atoll.store;

import java.util.function.LongSupplier;

/**
 * The watch over the free disk space. It looks at most each 500 ms, or when much was written since.
 * Used by the committer's thread; {@link #full()} by all.
 */
final class DiskSpace {
  private static final long LOOK_EVERY_NANOS = 500_000_000;

  /** What a byte of a change can take on the disk: in the log, in a table file, in a compaction. */
  private static final int COPIES = 3;

  private final long minFree;
  private final LongSupplier freeBytes;
  private final LongSupplier nanoTime;
  private long lookedAt;
  private long left;
  private volatile boolean full;

  DiskSpace(long minFree, LongSupplier freeBytes, LongSupplier nanoTime) {
    this.minFree = minFree;
    this.freeBytes = freeBytes;
    this.nanoTime = nanoTime;
    look();
  }

  /** Whether this many more bytes may be written; counts them if so. */
  boolean take(long bytes) {
    boolean old = nanoTime.getAsLong() - lookedAt >= LOOK_EVERY_NANOS;
    if (old || (!full && left < bytes * COPIES)) {
      look();
    }
    full = left < bytes * COPIES;
    if (!full) {
      left -= bytes * COPIES;
    }
    return !full;
  }

  boolean full() {
    return full;
  }

  /** Takes the disk for full until the next look. */
  void foundFull() {
    full = true;
    left = 0;
    lookedAt = nanoTime.getAsLong();
  }

  private void look() {
    lookedAt = nanoTime.getAsLong();
    left = freeBytes.getAsLong() - minFree;
    full = left <= 0;
  }
}
