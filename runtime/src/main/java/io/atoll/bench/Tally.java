package io.atoll.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of the calls of one plan and kind. Latencies are in nanoseconds, those of calls that
 * were served apart from those that a quota refused. Not thread-safe.
 */
final class Tally {
  private static final long FINEST_NANOS = 1_000;
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Histogram latencies = new Histogram(FINEST_NANOS, LONGEST_NANOS, 3);
  private final Histogram refusals = new Histogram(FINEST_NANOS, LONGEST_NANOS, 3);
  private final Map<String, Long> failures = new TreeMap<>();
  private long missing;

  /** Counts an answer. */
  void add(Outcome outcome, long nanos) {
    switch (outcome) {
      case Outcome.Served served -> {
        record(latencies, nanos);
        missing += served.missing() ? 1 : 0;
      }
      case Outcome.Limited _ -> record(refusals, nanos);
      case Outcome.Failed failed -> failures.merge(failed.code(), 1L, Long::sum);
    }
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }

  void add(Tally other) {
    latencies.add(other.latencies);
    missing += other.missing;
    refusals.add(other.refusals);
    other.failures.forEach((code, count) -> failures.merge(code, count, Long::sum));
  }

  /** Of calls that were served. */
  Histogram latencies() {
    return latencies;
  }

  /** Of calls that a quota refused. */
  Histogram refusals() {
    return refusals;
  }

  long served() {
    return latencies.getTotalCount();
  }

  /** Served calls for what was not there. */
  long missing() {
    return missing;
  }

  /** Calls that a quota refused. */
  long limited() {
    return refusals.getTotalCount();
  }

  /** Calls that failed, by error code. */
  Map<String, Long> failures() {
    return new TreeMap<>(failures);
  }

  long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  boolean isEmpty() {
    return served() + limited() + failed() == 0;
  }
}
