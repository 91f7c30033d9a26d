package io.atoll.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class ManualTime implements TimeSource {
  private final AtomicLong nanos;
  private final AtomicLong millis;

  public ManualTime(long nanos, long millis) {
    this.nanos = new AtomicLong(nanos);
    this.millis = new AtomicLong(millis);
  }

  public ManualTime() {
    this(0, 1_700_000_000_000L);
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public long epochMillis() {
    return millis.get();
  }

  /** Moves both clocks. */
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
    millis.addAndGet(by.toMillis());
  }

  /** Sets the calendar's clock alone, backwards too. */
  public void setEpochMillis(long value) {
    millis.set(value);
  }
}
