package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import io.atoll.store.StoreDownException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests to Cassandra that are under way. Once it is down all of them fail, and new ones do
 * at once, until it answers again; the driver alone would let each of them wait for its own time.
 * What follows on an answer runs on the executor. Thread-safe.
 */
final class Requests implements AutoCloseable {
  private final Set<UnderWay<?>> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable CompletableFuture<Void>> probing =
      new AtomicReference<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cassandra-pulse").factory());
  private final Pulse pulse;
  private final Supplier<CompletionStage<?>> probe;
  private final Executor executor;

  /** A request whose answer is still to come. */
  private final class UnderWay<T> {
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    void complete(T result) {
      executor.execute(() -> {
        underWay.remove(this);
        answer.complete(result);
      });
    }

    void fail(Throwable failure) {
      executor.execute(() -> {
        underWay.remove(this);
        answer.completeExceptionally(failure);
      });
    }
  }

  /**
   * {@code probe} asks one of Cassandra's nodes something small, another one each time, and ends
   * after so much silence; after as much from all of them Cassandra is down.
   */
  Requests(Pulse pulse, Duration silence, Supplier<CompletionStage<?>> probe, Executor executor) {
    this.pulse = pulse;
    this.probe = probe;
    this.executor = executor;
    long interval = silence.dividedBy(Pulse.LOOKS).toNanos();
    looks.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.NANOSECONDS);
  }

  /** Sends a request unless Cassandra is down; fails when it goes down before the answer. */
  <T> CompletionStage<T> send(Supplier<CompletionStage<T>> request) {
    if (pulse.isDown()) {
      return CompletableFuture.failedFuture(silent());
    }
    UnderWay<T> sent = new UnderWay<>();
    underWay.add(sent);
    request.get().whenComplete((result, failure) -> came(sent, result, failure));
    if (pulse.isDown()) {
      failAll();
    }
    return sent.answer;
  }

  private <T> void came(UnderWay<T> sent, T result, @Nullable Throwable failure) {
    if (failure == null) {
      pulse.heard();
      sent.complete(result);
    } else if (isAnswer(failure)) {
      pulse.heard();
      sent.fail(failure);
    } else {
      probe().whenComplete((done, unknown) -> sent.fail(failure));
    }
  }

  private static StoreDownException silent() {
    return new StoreDownException("Cassandra does not answer.");
  }

  private void failAll() {
    underWay.forEach(sent -> sent.fail(silent()));
  }

  /** Asks although the question before may not be answered: another node is asked each time. */
  private void look() {
    pulse.look();
    if (pulse.isDown()) {
      failAll();
    }
    CompletableFuture<Void> mine = new CompletableFuture<>();
    probing.set(mine);
    probe(mine);
  }

  /** Finds out whether anybody can be asked; those who want to know it at the same time share. */
  private CompletableFuture<Void> probe() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> other = probing.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    probe(mine);
    return mine;
  }

  private void probe(CompletableFuture<Void> mine) {
    probe
        .get()
        .whenComplete((answer, failure) -> {
          probing.compareAndSet(mine, null);
          if (failure == null || isAnswer(failure)) {
            pulse.heard();
          } else if (cause(failure) instanceof AllNodesFailedException) {
            pulse.unreachable();
            failAll();
          }
          mine.complete(null);
        });
  }

  /** Whether the failure is what a node of Cassandra has said. */
  private static boolean isAnswer(Throwable failure) {
    return switch (cause(failure)) {
      case CoordinatorException said -> true;
      case AllNodesFailedException all ->
          all.getAllErrors().values().stream()
              .flatMap(List::stream)
              .anyMatch(CoordinatorException.class::isInstance);
      default -> false;
    };
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? failure : cause;
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
