package io.atoll.quota;

/**
 * A bucket that fills at {@code rate} tokens a second up to its capacity; every cost takes tokens.
 *
 * <p>All arithmetic is exact, in tokens and billionths of a token, so that in any stretch of time
 * no more passes than the capacity plus rate × time (plus what the capacity was raised by in it).
 * Time is monotonic nanoseconds; a time that is not later than the last one adds nothing. A rate of
 * -1 is unlimited, a rate or a burst of 0 allows nothing, a burst of -1 is one second's worth. Not
 * thread-safe; nothing is allocated.
 */
final class TokenBucket {
  private static final long SECOND = 1_000_000_000L;
  private static final long BILLIONTHS_IN_THOUSANDTH = 1_000_000L;

  private long rate;
  private long capacity;
  private long tokens;
  private long billionths;
  private long last;

  TokenBucket(long rate, long burst, long now) {
    this.rate = rate;
    this.capacity = capacity(rate, burst);
    this.tokens = capacity;
    this.last = now;
  }

  /** Whether the cost may be taken now. */
  boolean passes(long cost, long now) {
    refill(now);
    return isUnlimited() || cost <= tokens;
  }

  /** Takes a cost that passes. */
  void take(long cost) {
    if (!isUnlimited()) {
      tokens -= cost;
    }
  }

  /** Gives back tokens that were taken for nothing, as far as the capacity holds them. */
  void giveBack(long cost) {
    if (!isUnlimited()) {
      tokens = Math.min(capacity, tokens + cost);
      billionths = tokens == capacity ? 0 : billionths;
    }
  }

  /** How it is left now, for another one to go on. */
  FlowUse.Bucket use(long now) {
    refill(now);
    return new FlowUse.Bucket(isUnlimited() ? 0 : capacity - tokens, rate, capacity);
  }

  /**
   * Goes on where another bucket was left so long ago; nothing was taken from this one. When that
   * one had another rate or capacity, it is not known since when these hold: what changes at once
   * in {@link #update} does so here, and what was regained is what the lower rate gives.
   */
  void resume(FlowUse.Bucket left, long elapsedNanos, long now) {
    if (isUnlimited()) {
      return;
    }
    long before = left.isWhole() ? left.capacity() : capacity;
    tokens = Math.clamp(before - left.taken() + Math.max(0, capacity - before), 0, capacity);
    long own = rate;
    rate = left.isWhole() ? Math.min(left.rate(), own) : own;
    last = now - elapsedNanos;
    refill(now);
    rate = own;
  }

  /** Whole tokens that are there now. */
  long tokens(long now) {
    refill(now);
    return tokens;
  }

  /** Tokens that are taken, as of the last time. */
  long used() {
    return capacity - tokens;
  }

  long capacity() {
    return capacity;
  }

  boolean isUnlimited() {
    return rate == Quota.UNLIMITED;
  }

  /**
   * Milliseconds (rounded up) from the last time until the cost passes; 0 if it does, and {@link
   * Denial#NEVER} if it is above the capacity.
   */
  long retryAfterMs(long cost) {
    if (isUnlimited() || cost <= tokens) {
      return 0;
    }
    return cost > capacity ? Denial.NEVER : millisFor(cost - tokens - 1, SECOND - billionths);
  }

  /**
   * Changes rate and burst from now on. What was gained stays as far as the new capacity holds it;
   * a raised capacity adds its difference at once.
   */
  void update(long newRate, long newBurst, long now) {
    refill(now);
    long newCapacity = capacity(newRate, newBurst);
    long gained = isUnlimited() ? newCapacity : tokens + Math.max(0, newCapacity - capacity);
    if (gained >= newCapacity) {
      gained = newCapacity;
      billionths = 0;
    }
    rate = newRate;
    capacity = newCapacity;
    tokens = gained;
  }

  private void refill(long now) {
    long elapsed = now - last;
    if (elapsed <= 0) {
      return;
    }
    last = now;
    if (rate <= 0 || tokens == capacity) {
      return;
    }
    if (elapsed / SECOND > (capacity - tokens) / rate) {
      tokens = capacity;
      billionths = 0;
    } else {
      gain(elapsed / SECOND, elapsed % SECOND);
    }
  }

  /** The rate is split at 10^9, so that no product passes 64 bits. */
  private void gain(long seconds, long nanos) {
    long partial = rate % SECOND * nanos + billionths;
    tokens += rate * seconds + rate / SECOND * nanos + partial / SECOND;
    billionths = partial % SECOND;
    if (tokens >= capacity) {
      tokens = capacity;
      billionths = 0;
    }
  }

  /** The time for {@code whole} tokens and {@code part} billionths of one, in milliseconds. */
  private long millisFor(long whole, long part) {
    long thousandths = whole % rate * 1000;
    long rest = thousandths % rate + Math.ceilDiv(part, BILLIONTHS_IN_THOUSANDTH);
    return whole / rate * 1000 + thousandths / rate + Math.ceilDiv(rest, rate);
  }

  private static long capacity(long rate, long burst) {
    return rate <= 0 || burst == Quota.UNLIMITED ? Math.max(rate, 0) : burst;
  }
}
