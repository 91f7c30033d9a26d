package io.atoll.quota;

/**
 * What a tenant has used of its flows, to be kept across a restart; flows without a limit count 0.
 *
 * @param at epoch milliseconds
 * @param operations taken from the bucket and not regained
 * @param capacity of that bucket, {@link #UNKNOWN} when it was not kept
 * @param requests of the last window
 * @param bytes of the last window, above the limit when they were read
 * @param messages of the last window
 */
public record FlowUse(
    long at, long operations, long capacity, long requests, long bytes, long messages) {
  public static final long UNKNOWN = -1;

  /** Whether there is nothing to keep. */
  boolean isNone() {
    return operations == 0 && requests == 0 && bytes == 0 && messages == 0;
  }
}
