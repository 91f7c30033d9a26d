package io.atoll.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Cases that take minutes run in the long set only, {@code -Pfaults}. */
final class LongSet {
  static final boolean IS_RUN = Boolean.getBoolean("atoll.faults.long");

  private LongSet() {}

  static void require() {
    assumeTrue(IS_RUN, "in the long set only: -Pfaults");
  }
}
