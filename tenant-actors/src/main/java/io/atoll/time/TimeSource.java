package io.atoll.time;

/**
 * The clock of a process: a monotonic one for limits and the calendar's for stamps. Thread-safe.
 */
public interface TimeSource {
  /** Monotonic nanoseconds from an arbitrary origin, as {@link System#nanoTime()}. */
  long nanoTime();

  /** Milliseconds since 1970-01-01T00:00:00Z; may jump either way when the clock is set. */
  long epochMillis();

  /** The clock of this machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
