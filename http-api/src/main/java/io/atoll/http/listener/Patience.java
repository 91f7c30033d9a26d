package io.atoll.http.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;

/** How long a connection waits for its peer in each part of a request. Confined to the loop. */
final class Patience {
  private static final long LEAST_NANOS = 1_000_000;

  private final ListenerSettings.Timeouts timeouts;
  private final Deadline deadline;
  private boolean headAwaited;
  private boolean progressed;

  /** {@code over} runs when the present wait has taken too long. */
  Patience(ListenerSettings.Timeouts timeouts, EventExecutor loop, Runnable over) {
    this.timeouts = timeouts;
    this.deadline = new Deadline(loop, over);
  }

  /** Something of a request's head is there; the rest has to follow. */
  void head() {
    if (!headAwaited) {
      headAwaited = true;
      deadline.in(timeouts.head());
    }
  }

  boolean awaitsHead() {
    return headAwaited;
  }

  void body() {
    headAwaited = false;
    deadline.in(timeouts.body());
  }

  /** Waits on for a body that comes fast enough; false when it does not. */
  boolean bodyGoesOn(Exchange exchange) {
    Duration allowed =
        timeouts.body().plusSeconds(exchange.body.received() / timeouts.minBodyRate());
    long rest = allowed.toNanos() - (System.nanoTime() - exchange.began);
    if (rest <= 0 && exchange.body.ready()) {
      return false;
    }
    deadline.in(Duration.ofNanos(Math.max(rest, LEAST_NANOS)));
    return true;
  }

  void answer() {
    headAwaited = false;
    deadline.in(timeouts.stall());
  }

  void progressed() {
    progressed = true;
  }

  /** Waits on for a peer that takes what is written; false when it took nothing. */
  boolean answerGoesOn(long pendingBytes) {
    boolean goesOn = pendingBytes == 0 || progressed;
    progressed = false;
    if (goesOn) {
      deadline.in(timeouts.stall());
    }
    return goesOn;
  }

  void nextRequest() {
    deadline.in(timeouts.idle());
  }

  /** Nothing is awaited of the peer now. */
  void none() {
    headAwaited = false;
    deadline.clear();
  }

  void end() {
    deadline.end();
  }
}
