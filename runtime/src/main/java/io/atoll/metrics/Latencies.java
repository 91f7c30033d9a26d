package io.atoll.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How long the journal's commits take, and how large they are. */
final class Latencies {
  private static final long[] BOUNDS =
      LongStream.of(
              100,
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000)
          .map(micros -> micros * 1_000)
          .toArray();
  private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

  private final Timer commits;
  private final DistributionSummary commitSizes;

  Latencies(MeterRegistry registry) {
    commits =
        Timer.builder("atoll.journal.commit")
            .description("Time of one commit of the journal.")
            .serviceLevelObjectives(
                LongStream.of(BOUNDS).mapToObj(Duration::ofNanos).toArray(Duration[]::new))
            .register(registry);
    commitSizes =
        DistributionSummary.builder("atoll.journal.commit.size")
            .description("Changes in one commit of the journal.")
            .serviceLevelObjectives(SIZES)
            .register(registry);
  }

  void commit(int changes, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    commitSizes.record(changes);
  }

  long commits() {
    return commits.count();
  }

  long commitNanos() {
    return (long) commits.totalTime(TimeUnit.NANOSECONDS);
  }

  /** The upper bounds of the times that are told apart. */
  static long[] boundNanos() {
    return BOUNDS.clone();
  }
}
