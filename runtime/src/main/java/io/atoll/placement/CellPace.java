package io.atoll.placement;

/**
 * How many cells move at a time: one at first and after a round that took long, because the first
 * moves of a process are slow and because its nodes are busy, and one more after each that did not.
 * Not thread-safe.
 */
final class CellPace {
  static final int MOST = 3;

  /** Somebody whose request waits for so long notices it. */
  private static final long LONG_MS = 1000;

  private int most = 1;

  /**
   * Cells have moved, and so many milliseconds after they were held the tenants in them served
   * again, or it was given up to wait for that.
   */
  void moved(long awayMs) {
    most = awayMs > LONG_MS ? 1 : Math.min(most + 1, MOST);
  }

  /** From 1 to {@link #MOST}. */
  int most() {
    return most;
  }
}
