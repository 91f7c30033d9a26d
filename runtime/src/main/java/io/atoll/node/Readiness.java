package io.atoll.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the node takes traffic: it asks again and again for everything that the node needs, and
 * waits no longer than the bound for an answer. Thread-safe.
 */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private final Supplier<CompletionStage<?>> probe;
  private final Duration bound;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final CountDownLatch decided = new CountDownLatch(1);
  private volatile State state = State.STARTING;
  private @Nullable Supplier<CompletionStage<?>> preparation;
  private CompletionStage<Object> prepared = CompletableFuture.completedFuture("nothing to do");

  /** The probe completes when all is well and fails, or is late, when it is not. */
  Readiness(Supplier<CompletionStage<?>> probe, Duration bound) {
    this.probe = probe;
    this.bound = bound;
  }

  /** Does this once, when all is well for the first time; the node is not ready before it ends. */
  synchronized void firstAfter(Supplier<CompletionStage<?>> first) {
    preparation = first;
  }

  private synchronized CompletionStage<Object> prepare() {
    if (preparation != null) {
      prepared = preparation.get().thenApply(done -> done);
      preparation = null;
    }
    return prepared;
  }

  boolean isReady() {
    return state == State.READY;
  }

  /** Waits until the node is ready for the first time; false when it ends before. */
  boolean awaitFirst() throws InterruptedException {
    decided.await();
    return isReady();
  }

  /** Asks once, unless the last question is still open. */
  void check() {
    if (asking.compareAndSet(false, true)) {
      probe
          .get()
          .thenCompose(well -> prepare())
          .toCompletableFuture()
          .<Object>thenApply(answer -> "answered")
          .orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS)
          .whenComplete((answer, failure) -> answered(failure));
    }
  }

  /** The node takes no more traffic, for good. */
  synchronized void end() {
    state = State.ENDED;
    decided.countDown();
  }

  private synchronized void answered(@Nullable Throwable failure) {
    asking.set(false);
    if (failure == null && (state == State.STARTING || state == State.UNREADY)) {
      LOG.info("ready");
      state = State.READY;
      decided.countDown();
    } else if (failure != null && state == State.READY) {
      LOG.warn("not ready: {}", String.valueOf(failure));
      state = State.UNREADY;
    }
  }

  private enum State {
    STARTING,
    READY,
    UNREADY,
    ENDED
  }
}
