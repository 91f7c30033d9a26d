package io.atoll.placement;

import io.atoll.time.TimeSource;

/** A clock that stands until it is set. */
final class FixedTime implements TimeSource {
  private long epochMillis;

  FixedTime(long epochMillis) {
    this.epochMillis = epochMillis;
  }

  void set(long now) {
    epochMillis = now;
  }

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public long epochMillis() {
    return epochMillis;
  }
}
