package io.atoll.store;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What a node reads before it can start. A store that does not answer for a moment ends no start:
 * it is asked again.
 */
public final class FirstReading {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private FirstReading() {}

  /**
   * Blocks until there is an answer, and for so long at most.
   *
   * @throws CompletionException when reading fails for another reason, or the time is over
   */
  public static <T> T await(Supplier<CompletionStage<T>> reading, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      long left = end - System.nanoTime();
      try {
        return reading.get().toCompletableFuture().orTimeout(left, TimeUnit.NANOSECONDS).join();
      } catch (CompletionException failed) {
        if (!(failed.getCause() instanceof StoreDownException) || left <= PAUSE.toNanos()) {
          throw failed;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
