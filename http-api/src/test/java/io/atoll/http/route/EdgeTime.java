package io.atoll.http.route;

import io.atoll.time.TimeSource;
import java.time.Duration;

/** The clock of an edge: the machine's, until a test stops it or moves it. Thread-safe. */
final class EdgeTime implements TimeSource {
  private boolean standing;
  private long nanos;
  private long millis;

  @Override
  public synchronized long nanoTime() {
    return standing ? nanos : System.nanoTime() + nanos;
  }

  @Override
  public synchronized long epochMillis() {
    return standing ? millis : System.currentTimeMillis() + millis;
  }

  /** From now on no time passes. */
  synchronized void stop() {
    if (!standing) {
      nanos += System.nanoTime();
      millis += System.currentTimeMillis();
      standing = true;
    }
  }

  /** Time passes again, from where it stood. */
  synchronized void go() {
    if (standing) {
      nanos -= System.nanoTime();
      millis -= System.currentTimeMillis();
      standing = false;
    }
  }

  /** Moves the clock on. */
  synchronized void advance(Duration by) {
    nanos += by.toNanos();
    millis += by.toMillis();
  }
}
