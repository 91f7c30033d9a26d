package io.atoll.quota;

/** How a sliding window is cut: a number of buckets (1 to 1,000), each of whole milliseconds. */
public record WindowShape(int buckets, long bucketMs) {
  /** Ten buckets of 100 ms: one second. */
  public static final WindowShape SECOND = new WindowShape(10, 100);

  private static final long LONGEST_BUCKET_MS = 60_000;

  public WindowShape {
    if (buckets < 1 || buckets > 1000) {
      throw new IllegalArgumentException("buckets must be 1 to 1000");
    }
    if (bucketMs < 1 || bucketMs > LONGEST_BUCKET_MS) {
      throw new IllegalArgumentException("bucketMs must be 1 to " + LONGEST_BUCKET_MS);
    }
  }

  long windowMs() {
    return buckets * bucketMs;
  }

  long bucketNanos() {
    return bucketMs * 1_000_000;
  }
}
