package io.atoll.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Counts what a worker's calls come to. A call belongs to the measurement when it was due within
 * it, whenever its answer comes, and its latency counts from when it was due: a target that stalls
 * is charged with all calls that had to wait. Not thread-safe.
 */
final class Recording {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Tallies tallies;
  private final long from;
  private final Timeline timeline;
  private final Histogram latencies = Interval.histogram();
  private long to;
  private long limited;
  private long failed;
  private int seconds;

  /** Counts calls due between two times, nanoseconds since the load began. */
  Recording(int plans, long from, long to, Timeline timeline) {
    this.tallies = new Tallies(plans);
    this.from = from;
    this.to = to;
    this.timeline = timeline;
  }

  /** The measurement ends sooner. */
  void endAt(long end) {
    to = Math.min(to, end);
  }

  void add(Call call, Outcome outcome, long now) {
    long latency = now - call.due();
    if (call.due() >= from && call.due() < to) {
      tallies.add(call, outcome, latency);
    }
    switch (outcome) {
      case Outcome.Served _ -> latencies.recordValue(Math.max(0, latency));
      case Outcome.Limited _ -> limited++;
      case Outcome.Failed _ -> failed++;
    }
  }

  /** Reports the seconds that are over. */
  void roll(long now) {
    while (now >= (seconds + 1) * SECOND) {
      seconds++;
      timeline.report(new Interval(seconds, latencies.copy(), limited, failed));
      latencies.reset();
      limited = 0;
      failed = 0;
    }
  }

  Tallies tallies() {
    return tallies;
  }
}
