package io.atoll.http.session;

import io.atoll.time.TimeSource;

/** A clock that stands still until a test moves it. */
final class FakeTime implements TimeSource {
  private static final long EPOCH_MILLIS = 1_700_000_000_000L;

  private long nanos;

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return EPOCH_MILLIS + nanos / 1_000_000;
  }

  void advanceTo(long newNanos) {
    nanos = newNanos;
  }
}
