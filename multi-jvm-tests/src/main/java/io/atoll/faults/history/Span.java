package io.atoll.faults.history;

/** From a call to its end, in nanoseconds of one monotonic clock. */
public record Span(long invokedAt, long completedAt) {
  public Span {
    if (completedAt < invokedAt) {
      throw new IllegalArgumentException("completed before it was invoked");
    }
  }

  /** Whether this one was over when the other began. */
  public boolean precedes(Span other) {
    return completedAt < other.invokedAt;
  }

  /** How long it took, in nanoseconds. */
  public long nanos() {
    return completedAt - invokedAt;
  }
}
