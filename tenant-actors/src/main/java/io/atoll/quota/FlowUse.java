package io.atoll.quota;

/**
 * What a tenant has used of its flows, to be kept across a restart; flows without a limit count 0.
 *
 * @param at epoch milliseconds
 * @param operations of the bucket
 * @param requests of the last window
 * @param bytes of the last window, above the limit when they were read
 * @param messages of the last window
 */
public record FlowUse(long at, Bucket operations, long requests, long bytes, long messages) {
  public static final long UNKNOWN = -1;

  /**
   * A bucket as it was left.
   *
   * @param taken tokens that were taken and not regained
   * @param rate tokens a second
   * @param capacity most tokens; {@link #UNKNOWN} when neither this nor the rate was kept
   */
  public record Bucket(long taken, long rate, long capacity) {
    /** One of which nothing else was kept. */
    public static Bucket of(long taken) {
      return new Bucket(taken, UNKNOWN, UNKNOWN);
    }

    /** Whether more than the tokens was kept. */
    public boolean isWhole() {
      return capacity != UNKNOWN;
    }
  }

  /** Whether there is nothing to keep. */
  boolean isNone() {
    return operations.taken() == 0 && requests == 0 && bytes == 0 && messages == 0;
  }
}
