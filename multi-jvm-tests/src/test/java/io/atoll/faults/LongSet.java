package io.atoll.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Cases that take minutes run in the long set only, {@code -Pfaults}. */
final class LongSet {
  private LongSet() {}

  static void require() {
    assumeTrue(Boolean.getBoolean("atoll.faults.long"), "in the long set only: -Pfaults");
  }
}
