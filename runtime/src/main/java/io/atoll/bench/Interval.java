package io.atoll.bench;

import org.HdrHistogram.Histogram;

/**
 * One second of a run, by when the answers came.
 *
 * @param second seconds since the load began, at the interval's end
 */
record Interval(int second, Histogram latencies, long limited, long failed) {
  static final int DIGITS = 2;

  static Histogram histogram() {
    return new Histogram(1_000, 3_600_000_000_000L, DIGITS);
  }

  /** The two together; of the same second. */
  Interval with(Interval other) {
    Histogram sum = latencies.copy();
    sum.add(other.latencies);
    return new Interval(second, sum, limited + other.limited, failed + other.failed);
  }
}
