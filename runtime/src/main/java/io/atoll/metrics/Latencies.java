package io.atoll.metrics;

import io.atoll.plan.Tier;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How long operations and the journal's commits take, and how large the commits are. */
final class Latencies {
  private static final Duration[] BOUNDS =
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
          .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
          .toArray(Duration[]::new);
  private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

  private final MeterRegistry registry;
  private final ConcurrentHashMap<Kind, Timer> operations = new ConcurrentHashMap<>();
  private final Timer commits;
  private final DistributionSummary commitSizes;

  Latencies(MeterRegistry registry) {
    this.registry = registry;
    commits =
        Timer.builder("atoll.journal.commit")
            .description("Time of one commit of the journal.")
            .serviceLevelObjectives(BOUNDS)
            .register(registry);
    commitSizes =
        DistributionSummary.builder("atoll.journal.commit.size")
            .description("Changes in one commit of the journal.")
            .serviceLevelObjectives(SIZES)
            .register(registry);
  }

  void operation(Tier tier, String op, long nanos) {
    operations.computeIfAbsent(new Kind(tier, op), this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  void commit(int changes, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    commitSizes.record(changes);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("atoll.operation")
        .description("Time of one operation at the edge.")
        .tag("tier", kind.tier().name())
        .tag("op", kind.op())
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  private record Kind(Tier tier, String op) {}
}
