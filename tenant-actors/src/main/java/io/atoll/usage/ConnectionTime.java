package io.atoll.usage;

/**
 * Integrates open connections over time, split exactly at the borders of minutes. Times are epoch
 * milliseconds; a time before the last one counts as the last one. Not thread-safe.
 */
final class ConnectionTime {
  static final long MINUTE_MS = 60_000;

  private long active;
  private long since;

  ConnectionTime(long at) {
    this.since = at;
  }

  long active() {
    return active;
  }

  /** Hands the time since the last call to the sink, minute by minute; none while none is open. */
  void advance(long at, Sink sink) {
    while (active > 0 && since < at) {
      long minute = Math.floorDiv(since, MINUTE_MS);
      long end = Math.min(at, (minute + 1) * MINUTE_MS);
      sink.add(minute, (end - since) * active, active);
      since = end;
    }
    since = Math.max(since, at);
  }

  /**
   * Opens or closes connections at the time of the last {@link #advance}; never fewer than none.
   */
  void change(long by) {
    active = Math.max(0, active + by);
  }

  /** Takes the connection time within a minute and how many connections it is of. */
  interface Sink {
    void add(long minute, long millis, long connections);
  }
}
