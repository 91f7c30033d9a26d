package io.atoll.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counts times by fixed bounds. Thread-safe, and cheap where many threads count at once. */
final class Histogram {
  private static final long[] BOUNDS = Latencies.boundNanos();

  private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
  private final LongAdder sum = new LongAdder();

  Histogram() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /** So many events took so long each. */
  void add(int count, long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket].add(count);
    sum.add(Math.max(nanos, 0) * count);
  }

  /** The events of each bucket, not those of the buckets below it. */
  long[] counts() {
    long[] counts = new long[buckets.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = buckets[i].sum();
    }
    return counts;
  }

  long sumNanos() {
    return sum.sum();
  }

  /** The upper bound of a bucket in seconds. */
  static double bound(int bucket) {
    return bucket < BOUNDS.length ? BOUNDS[bucket] / 1e9 : Double.POSITIVE_INFINITY;
  }
}
