package io.atoll.store;

import java.util.function.LongSupplier;

/**
 * The watch over the free disk space. It looks at most each 500 ms, or when much was written since.
 * Thread-safe.
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
  private boolean full;

  DiskSpace(long minFree, LongSupplier freeBytes, LongSupplier nanoTime) {
    this.minFree = minFree;
    this.freeBytes = freeBytes;
    this.nanoTime = nanoTime;
    look();
  }

  /** Whether this many more bytes may be written; counts them if so. */
  synchronized boolean take(long bytes) {
    if (isOld() || (!full && left < bytes * COPIES)) {
      look();
    }
    full = left < bytes * COPIES;
    if (!full) {
      left -= bytes * COPIES;
    }
    return !full;
  }

  /** Whether writes are refused now; it becomes free again without a write. */
  synchronized boolean full() {
    if (full && isOld()) {
      look();
    }
    return full;
  }

  /** Takes the disk for full until the next look. */
  synchronized void foundFull() {
    full = true;
    left = 0;
    lookedAt = nanoTime.getAsLong();
  }

  private boolean isOld() {
    return nanoTime.getAsLong() - lookedAt >= LOOK_EVERY_NANOS;
  }

  private void look() {
    lookedAt = nanoTime.getAsLong();
    left = freeBytes.getAsLong() - minFree;
    full = left <= 0;
  }
}
