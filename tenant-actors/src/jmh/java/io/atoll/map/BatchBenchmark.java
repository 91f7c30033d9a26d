package io.atoll.map;

import io.atoll.map.MapEvent.EntriesChanged;
import io.atoll.quota.Account;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/** A batch of writes on a map with 1,000 recent entries: decided, and decided and applied. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {
  private static final int KEYS = 1_000;
  private static final int VALUE_BYTES = 256;
  private static final int WRITES = 1 << 14;

  @Param({"1", "32"})
  private int operations;

  private final Account account = new Account(-1, -1);
  private final Operation.Set[] writes = new Operation.Set[WRITES];
  private MapState state = MapState.EMPTY;
  private int next;
  private long now;

  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < WRITES; i++) {
      Key key = Key.of("key-" + (i < KEYS ? i : random.nextInt(KEYS)));
      writes[i] =
          new Operation.Set(
              "map", key, new byte[VALUE_BYTES], Operation.ANY, Operation.FOREVER, null);
    }
    for (int done = 0; done < KEYS; done += operations) {
      decideAndApply();
    }
  }

  @Benchmark
  public EntriesChanged decide() {
    BatchDecision decision =
        new BatchDecision(
            state,
            reference -> {
              throw new IllegalStateException("the map has no pages");
            },
            account,
            ++now);
    for (int i = 0; i < operations; i++) {
      decision.write(write());
    }
    EntriesChanged event = decision.event();
    if (event == null) {
      throw new IllegalStateException("nothing was written");
    }
    return event;
  }

  @Benchmark
  public MapState decideAndApply() {
    state = state.apply(decide());
    return state;
  }

  private Operation.Set write() {
    next = (next + 1) & (WRITES - 1);
    return writes[next];
  }
}
