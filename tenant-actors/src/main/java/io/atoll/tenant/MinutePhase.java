package io.atoll.tenant;

/**
 * When within a minute a tenant writes down what it has used: each at a time of its own, the same
 * in every minute. Thousands that did so at once would keep each other and all callers waiting.
 */
public final class MinutePhase {
  private static final long MINUTE_MS = 60_000;

  /** 2^32 divided by the golden ratio: ids that follow each other end up far apart. */
  private static final int SPREAD = 0x9E3779B9;

  private MinutePhase() {}

  /** The milliseconds from now to the next time, 1 to 60,000. */
  public static long untilNext(String tenantId, long epochMillis) {
    return MINUTE_MS - Math.floorMod(epochMillis - of(tenantId), MINUTE_MS);
  }

  private static long of(String tenantId) {
    return (Integer.toUnsignedLong(tenantId.hashCode() * SPREAD) * MINUTE_MS) >>> Integer.SIZE;
  }
}
