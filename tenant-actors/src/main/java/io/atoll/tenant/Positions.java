package io.atoll.tenant;

import java.util.Arrays;

/** The positions of all operations of a request; short ones are shared and must not be changed. */
final class Positions {
  private static final int SHARED = 128;
  private static final int[][] ALL = new int[SHARED][];

  static {
    Arrays.setAll(ALL, Positions::range);
  }

  private Positions() {}

  /** The numbers from 0 until just before {@code size}. */
  static int[] all(int size) {
    return size < SHARED ? ALL[size] : range(size);
  }

  private static int[] range(int size) {
    int[] range = new int[size];
    Arrays.setAll(range, i -> i);
    return range;
  }
}
