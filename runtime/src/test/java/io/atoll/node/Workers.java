package io.atoll.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Workers at the same time, each of which takes the next number as soon as it is done with one. */
final class Workers {
  private Workers() {}

  /** One of them; closed when no number is left. */
  @FunctionalInterface
  interface Worker extends AutoCloseable {
    void work(int number) throws Exception;

    @Override
    default void close() throws IOException {}
  }

  /** Works through the numbers below {@code count}; gives the seconds that it took. */
  static double run(int workers, int count, Callable<Worker> start) throws Exception {
    AtomicInteger next = new AtomicInteger();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(
            threads.submit(() -> {
              try (Worker worker = start.call()) {
                for (int k = next.getAndIncrement(); k < count; k = next.getAndIncrement()) {
                  worker.work(k);
                }
              }
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
