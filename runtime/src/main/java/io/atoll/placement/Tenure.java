package io.atoll.placement;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this node may still answer for the tenants that it has in memory: it may while the larger
 * part of the nodes has confirmed it lately, because a part that gives it up waits for longer than
 * that before it takes its tenants. Counted by the monotonic clock from when the confirmation was
 * asked for, so a node that stood still no longer holds it when it goes on. Read by all threads,
 * renewed by one.
 */
public final class Tenure {
  private final long length;
  private final LongSupplier nanoTime;
  private volatile boolean begun;
  private volatile long over;

  /** {@code length} is how long a confirmation counts after it was asked for. */
  public Tenure(Duration length, LongSupplier nanoTime) {
    this.length = length.toNanos();
    this.nanoTime = nanoTime;
  }

  /** A node that was no member yet has no tenant that another could have taken. */
  public boolean isHeld() {
    return !begun || over - nanoTime.getAsLong() > 0;
  }

  /** The monotonic time by which it is counted. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** The node is a member, whose tenure ends unless it is confirmed; only the first time counts. */
  void begin() {
    if (!begun) {
      over = nanoTime.getAsLong() + length;
      begun = true;
    }
  }

  /** The larger part of the nodes has confirmed what was asked at this monotonic time or later. */
  void confirmed(long asked) {
    over = Math.max(over - asked, length) + asked;
  }

  /** The node was given up. */
  void end() {
    over = nanoTime.getAsLong();
    begun = true;
  }
}
