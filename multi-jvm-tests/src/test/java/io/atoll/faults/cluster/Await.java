package io.atoll.faults.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come. */
public final class Await {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Await() {}

  /** Returns as soon as the condition holds; fails when it does not within two minutes. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come to it that " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
