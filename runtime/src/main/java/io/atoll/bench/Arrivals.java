package io.atoll.bench;

/**
 * When calls are due, whatever became of those before. Times are nanoseconds since the load began.
 * Not thread-safe.
 */
interface Arrivals {
  long NEVER = Long.MAX_VALUE;

  /** No particular user. */
  int NOBODY = -1;

  /** When the next call is due, as known now; {@link #NEVER} when none is in sight. */
  long nextDue(long now);

  /** Takes the next call, which is due; tells the number of the user that makes it. */
  int take();
}
