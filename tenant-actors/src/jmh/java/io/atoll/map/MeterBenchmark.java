package io.atoll.map;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation metered in one of 10,000 maps, taken at random, so that a meter is seldom in the
 * cache. The time is that of the map's turn, which reads the clock for other reasons.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MeterBenchmark {
  private static final int MAPS = 10_000;
  private static final int ORDER = 1 << 16;
  private static final long KEY_BYTES = 24;
  private static final long VALUE_BYTES = 256;

  private final MapMeter[] meters = new MapMeter[MAPS];
  private final int[] order = new int[ORDER];
  private int next;
  private long at;

  @Setup
  public void makeMeters() {
    at = System.currentTimeMillis();
    for (int map = 0; map < MAPS; map++) {
      meters[map] = new MapMeter();
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ORDER; i++) {
      order[i] = random.nextInt(MAPS);
    }
  }

  /** What counting a read and its answer costs. */
  @Benchmark
  public MapMeter read() {
    MapMeter meter = next();
    meter.read(at, KEY_BYTES);
    meter.bytesOut(at, VALUE_BYTES);
    return meter;
  }

  /** What counting an event of one write costs. */
  @Benchmark
  public MapMeter write() {
    MapMeter meter = next();
    meter.write(at, 1, KEY_BYTES + VALUE_BYTES, VALUE_BYTES);
    return meter;
  }

  private MapMeter next() {
    next = (next + 1) & (ORDER - 1);
    return meters[order[next]];
  }
}
