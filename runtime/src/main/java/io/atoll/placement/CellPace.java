package io.atoll.placement;

/**
 * How many cells move at a time: one at first, because the first moves of a process are slow, one
 * less for each that was held for long, because its nodes are busy, and one more for each that was
 * not. Not thread-safe.
 */
final class CellPace {
  static final int MOST = 3;

  /** Somebody who waits so long for a request notices it. */
  private static final long LONG_MS = 400;

  private int most = 1;

  /** A cell has moved, for which requests were held for so many milliseconds. */
  void moved(long heldMs) {
    most = Math.clamp(heldMs > LONG_MS ? most - 1L : most + 1L, 1, MOST);
  }

  /** From 1 to {@link #MOST}. */
  int most() {
    return most;
  }
}
