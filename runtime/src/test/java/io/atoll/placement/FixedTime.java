package io.atoll.placement;

import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is set, or some time passes. Thread-safe. */
final class FixedTime implements TimeSource {
  private final AtomicLong epochMillis;
  private final AtomicLong nanoTime = new AtomicLong();

  FixedTime(long epochMillis) {
    this.epochMillis = new AtomicLong(epochMillis);
  }

  void set(long now) {
    epochMillis.set(now);
  }

  void pass(Duration time) {
    epochMillis.addAndGet(time.toMillis());
    nanoTime.addAndGet(time.toNanos());
  }

  @Override
  public long nanoTime() {
    return nanoTime.get();
  }

  @Override
  public long epochMillis() {
    return epochMillis.get();
  }
}
