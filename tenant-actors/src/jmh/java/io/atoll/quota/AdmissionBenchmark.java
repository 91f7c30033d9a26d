package io.atoll.quota;

import io.atoll.plan.Plans;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation held against the quotas of one of 10,000 tenants, taken at random, so that a
 * tracker is seldom in the cache. At this pace each tenant has some hundred checks a second: pro
 * admits them all, free refuses most.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdmissionBenchmark {
  private static final int TENANTS = 10_000;
  private static final int ORDER = 1 << 16;
  private static final long BYTES = 300;

  @Param({"free", "pro", "enterprise"})
  private String plan = "";

  private final QuotaTracker[] trackers = new QuotaTracker[TENANTS];
  private final int[] order = new int[ORDER];
  private int next;

  @Setup
  public void makeTrackers() {
    Quotas quotas = Plans.builtIn().find(plan).orElseThrow().quotas();
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      trackers[tenant] = new QuotaTracker(quotas, System.nanoTime());
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ORDER; i++) {
      order[i] = random.nextInt(TENANTS);
    }
  }

  /** What an operation costs in a request of many. */
  @Benchmark
  public @Nullable Denial operation() {
    return next().operation(BYTES, System.nanoTime());
  }

  /** What a request of one operation costs. */
  @Benchmark
  public @Nullable Denial request() {
    QuotaTracker tracker = next();
    long now = System.nanoTime();
    Denial denial = tracker.request(now);
    return denial == null ? tracker.operation(BYTES, now) : denial;
  }

  private QuotaTracker next() {
    next = (next + 1) & (ORDER - 1);
    return trackers[order[next]];
  }
}
