package io.atoll.bench;

import java.util.Arrays;

/** Picks among things of which the first is the most popular; an exponent of 0 likes all alike. */
final class Zipf {
  private final double[] cumulative;

  Zipf(int count, double exponent) {
    cumulative = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1 / Math.pow(i + 1.0, exponent);
      cumulative[i] = sum;
    }
  }

  /** The pick for a random number from 0 (inclusive) to 1 (exclusive). */
  int pick(double random) {
    double sought = random * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, sought);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
  }
}
