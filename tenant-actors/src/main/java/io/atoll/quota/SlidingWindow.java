package io.atoll.quota;

/**
 * What flowed in the last window, counted in buckets of equal width; the oldest bucket leaves when
 * a new one begins. An amount passes if the rate of the window (its sum a second, rounded down) and
 * the amount stay within the limit.
 *
 * <p>What is added without asking may pass the limit: it is a debt that blocks until it has left.
 * Time is monotonic nanoseconds; an earlier time counts as the last one. Not thread-safe. Its
 * buckets are made by the first amount and given back by {@link #rest}, as most tenants are idle.
 */
final class SlidingWindow {
  private static final long MILLI = 1_000_000L;
  private static final long[] NONE = {};

  private final WindowShape shape;
  private long[] buckets = NONE;
  private final long origin;
  private long newest;
  private long sum;

  SlidingWindow(WindowShape shape, long now) {
    this.shape = shape;
    this.origin = now;
  }

  /** Whether the amount (0 or more) stays within the limit a second; -1 is unlimited. */
  boolean passes(long limit, long amount, long now) {
    advance(now);
    return limit == Quota.UNLIMITED || amount <= limit - perSecond(sum);
  }

  /** Counts an amount, whatever the limit. */
  void add(long amount, long now) {
    advance(now);
    if (buckets.length == 0) {
      buckets = new long[shape.buckets()];
    }
    buckets[slot(newest)] += amount;
    sum += amount;
  }

  /** What flowed in the last window. */
  long sum(long now) {
    advance(now);
    return sum;
  }

  /** The flow a second, rounded down. */
  long rate(long now) {
    advance(now);
    return perSecond(sum);
  }

  /**
   * Milliseconds (rounded up) until an amount that does not pass will, if nothing else is added;
   * {@link Denial#NEVER} if it is above the limit.
   */
  long retryAfterMs(long limit, long amount, long now) {
    if (amount > limit) {
      return Denial.NEVER;
    }
    long index = newest - buckets.length + 1;
    long left = sum - buckets[slot(index)];
    while (perSecond(left) + amount > limit) {
      index++;
      left -= buckets[slot(index)];
    }
    long leaves = origin + (index + buckets.length) * shape.bucketNanos();
    return Math.ceilDiv(leaves - now, MILLI);
  }

  /** Needs less memory if nothing flowed in the last window. */
  void rest(long now) {
    advance(now);
    if (sum == 0) {
      buckets = NONE;
    }
  }

  /** Whether nothing has flowed since the last {@link #rest}, nor in the window before it. */
  boolean isAtRest() {
    return buckets.length == 0;
  }

  private void advance(long now) {
    long index = (now - origin) / shape.bucketNanos();
    long begun = Math.min(index - newest, buckets.length);
    for (long bucket = index - begun + 1; bucket <= index; bucket++) {
      sum -= buckets[slot(bucket)];
      buckets[slot(bucket)] = 0;
    }
    newest = Math.max(newest, index);
  }

  private int slot(long index) {
    return (int) Math.floorMod(index, (long) buckets.length);
  }

  private long perSecond(long amount) {
    long windowMs = shape.windowMs();
    return amount / windowMs * 1000 + amount % windowMs * 1000 / windowMs;
  }
}
