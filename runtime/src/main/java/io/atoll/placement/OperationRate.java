package io.atoll.placement;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** How fast a count grows: over the last ten seconds, sampled once a second. Thread-safe. */
public final class OperationRate {
  private static final Duration SAMPLE = Duration.ofSeconds(1);

  private static final int SAMPLES = 10;
  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private final LongSupplier count;
  private final LongSupplier nanoTime;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private record Sample(long at, long count) {}

  OperationRate(LongSupplier count, LongSupplier nanoTime) {
    this.count = count;
    this.nanoTime = nanoTime;
  }

  /** The rate of a count that never falls, sampled for as long as the system runs. */
  public static OperationRate sampled(ActorSystem<?> system, LongSupplier count) {
    OperationRate rate = new OperationRate(count, System::nanoTime);
    system
        .scheduler()
        .scheduleWithFixedDelay(Duration.ZERO, SAMPLE, rate::sample, system.executionContext());
    return rate;
  }

  /** To be called once a second. */
  synchronized void sample() {
    samples.addLast(new Sample(nanoTime.getAsLong(), count.getAsLong()));
    if (samples.size() > SAMPLES + 1) {
      samples.removeFirst();
    }
  }

  public synchronized double perSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return (last.count() - first.count()) * SECOND / Math.max(1, last.at() - first.at());
  }
}
