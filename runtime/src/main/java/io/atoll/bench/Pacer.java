package io.atoll.bench;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a worker when calls are due. An event loop alone sleeps in whole milliseconds, which would
 * be seen in every latency.
 */
final class Pacer {
  private static final long SHORTEST = Duration.ofNanos(100_000).toNanos();
  private static final long LONGEST = Duration.ofMillis(10).toNanos();

  private final EventLoop loop;
  private final Runnable tick;
  private volatile long wakeAt = System.nanoTime();
  private volatile boolean waking;
  private volatile boolean stopped;

  Pacer(EventLoop loop, Runnable tick) {
    this.loop = loop;
    this.tick = tick;
  }

  void start() {
    Thread.ofPlatform().name("atoll-bench-pacer").daemon().start(this::run);
  }

  /** The next wake is wanted at this time, by {@link System#nanoTime}. */
  void wakeAt(long nanos) {
    wakeAt = nanos;
  }

  void stop() {
    stopped = true;
  }

  private void run() {
    while (!stopped) {
      LockSupport.parkNanos(Math.clamp(wakeAt - System.nanoTime(), SHORTEST, LONGEST));
      if (!waking) {
        waking = true;
        loop.execute(this::wake);
      }
    }
  }

  private void wake() {
    try {
      tick.run();
    } finally {
      waking = false;
    }
  }
}
