package io.atoll.quota;

/** The levels of use, in percent of a quota, that sessions are told of when they are reached. */
public final class UsageLevels {
  private static final int[] PERCENT = {80, 95};

  private UsageLevels() {}

  /** How many levels a use of this many percent has reached. */
  public static int reached(double percent) {
    int levels = 0;
    while (levels < PERCENT.length && percent >= PERCENT[levels]) {
      levels++;
    }
    return levels;
  }

  /** How many levels a use has reached; none where there is no limit, or nothing is allowed. */
  static int reached(long used, long limit) {
    return limit <= 0 ? 0 : reached(100.0 * used / limit);
  }
}
