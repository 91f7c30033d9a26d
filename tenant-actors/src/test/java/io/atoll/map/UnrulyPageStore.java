package io.atoll.map;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A page store in memory whose calls can be held back until they are let go, delayed or made to
 * fail. A call that is held back takes effect when it is let go. Thread-safe.
 */
final class UnrulyPageStore implements PageStore {
  /** The calls of a page store. */
  enum Call {
    WRITE,
    READ,
    DELETE,
    NUMBERS
  }

  final InMemoryPageStore pages = new InMemoryPageStore();
  private final Set<Call> closed = EnumSet.noneOf(Call.class);
  private final Set<Call> failing = EnumSet.noneOf(Call.class);
  private final List<Runnable> held = new ArrayList<>();
  private final AtomicInteger reading = new AtomicInteger();
  private final AtomicInteger mostReading = new AtomicInteger();
  private volatile LongSupplier delayMicros = () -> 0;

  /** From now on these calls wait. */
  synchronized void hold(Call... calls) {
    closed.addAll(List.of(calls));
  }

  /** From now on only these calls fail. */
  synchronized void fail(Call... calls) {
    failing.clear();
    failing.addAll(List.of(calls));
  }

  /** Lets all calls go that wait, in their order, and those to come. */
  synchronized void release() {
    closed.clear();
    held.forEach(Runnable::run);
    held.clear();
  }

  /** Lets the call go that waits longest. */
  synchronized void letOneGo() {
    held.removeFirst().run();
  }

  /** Lets each call take this long, in microseconds. */
  void delay(LongSupplier micros) {
    delayMicros = micros;
  }

  /** How many calls are held back. */
  synchronized int waiting() {
    return held.size();
  }

  /** The most pages that were being read at the same time. */
  int mostReading() {
    return mostReading.get();
  }

  @Override
  public CompletionStage<Void> write(String stream, List<PageBytes> written) {
    return perform(Call.WRITE, () -> pages.write(stream, written));
  }

  @Override
  public CompletionStage<byte[]> read(String stream, long number) {
    mostReading.accumulateAndGet(reading.incrementAndGet(), Math::max);
    return perform(Call.READ, () -> pages.read(stream, number))
        .whenComplete((_, _) -> reading.decrementAndGet());
  }

  @Override
  public CompletionStage<Void> delete(String stream, Collection<Long> numbers) {
    return perform(Call.DELETE, () -> pages.delete(stream, numbers));
  }

  @Override
  public CompletionStage<Set<Long>> numbers(String stream) {
    return perform(Call.NUMBERS, () -> pages.numbers(stream));
  }

  private synchronized <T> CompletionStage<T> perform(
      Call call, Supplier<CompletionStage<T>> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (failing.contains(call)) {
      return CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
    }
    Runnable run = () -> pass(action.get(), result);
    long micros = delayMicros.getAsLong();
    if (closed.contains(call)) {
      held.add(run);
    } else if (micros > 0) {
      CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS).execute(run);
    } else {
      run.run();
    }
    return result;
  }

  private static <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
    from.whenComplete((value, failure) -> {
      if (failure == null) {
        to.complete(value);
      } else {
        to.completeExceptionally(failure);
      }
    });
  }
}
