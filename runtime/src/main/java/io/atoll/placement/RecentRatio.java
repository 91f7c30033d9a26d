package io.atoll.placement;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How much one figure has grown for each unit that another one has, over the last ten seconds,
 * sampled once a second. Neither may fall. Thread-safe.
 */
final class RecentRatio {
  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final int SAMPLES = 10;

  private final LongSupplier part;
  private final LongSupplier whole;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private record Sample(long part, long whole) {}

  RecentRatio(LongSupplier part, LongSupplier whole) {
    this.part = part;
    this.whole = whole;
  }

  /** A ratio that is sampled for as long as the system runs. */
  static RecentRatio sampled(ActorSystem<?> system, LongSupplier part, LongSupplier whole) {
    RecentRatio ratio = new RecentRatio(part, whole);
    system
        .scheduler()
        .scheduleWithFixedDelay(Duration.ZERO, SAMPLE, ratio::sample, system.executionContext());
    return ratio;
  }

  /** To be called once a second. */
  synchronized void sample() {
    samples.addLast(new Sample(part.getAsLong(), whole.getAsLong()));
    if (samples.size() > SAMPLES + 1) {
      samples.removeFirst();
    }
  }

  /** 0 while the whole does not grow. */
  synchronized double value() {
    if (samples.isEmpty()) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return (double) (last.part() - first.part()) / Math.max(1, last.whole() - first.whole());
  }
}
