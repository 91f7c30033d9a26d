package io.atoll.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of the calls of one plan and kind. Latencies are those of calls that were served, in
 * nanoseconds. Not thread-safe.
 */
final class Tally {
  private static final long FINEST_NANOS = 1_000;
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Histogram latencies = new Histogram(FINEST_NANOS, LONGEST_NANOS, 3);
  private final Map<String, Long> failures = new TreeMap<>();
  private long missing;
  private long limited;

  /** Counts an answer. */
  void add(Outcome outcome, long nanos) {
    switch (outcome) {
      case Outcome.Served served -> {
        latencies.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
        missing += served.missing() ? 1 : 0;
      }
      case Outcome.Limited _ -> limited++;
      case Outcome.Failed failed -> failures.merge(failed.code(), 1L, Long::sum);
    }
  }

  void add(Tally other) {
    latencies.add(other.latencies);
    missing += other.missing;
    limited += other.limited;
    other.failures.forEach((code, count) -> failures.merge(code, count, Long::sum));
  }

  Histogram latencies() {
    return latencies;
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
    return limited;
  }

  /** Calls that failed, by error code. */
  Map<String, Long> failures() {
    return new TreeMap<>(failures);
  }

  long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  boolean isEmpty() {
    return served() + limited + failed() == 0;
  }
}
