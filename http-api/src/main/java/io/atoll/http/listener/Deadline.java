package io.atoll.http.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline at a time on an event loop. Moving it later costs nothing: the waiting task finds
 * out when it runs and waits for the rest. Confined to the loop.
 */
final class Deadline {
  private final EventExecutor loop;
  private final Runnable expired;
  private @Nullable Future<?> armed;
  private long armedAt;
  private boolean set;
  private long at;

  Deadline(EventExecutor loop, Runnable expired) {
    this.loop = loop;
    this.expired = expired;
  }

  void in(Duration delay) {
    at = System.nanoTime() + delay.toNanos();
    set = true;
    if (armed == null) {
      arm(delay.toNanos());
    } else if (armedAt - at > 0) {
      armed.cancel(false);
      arm(delay.toNanos());
    }
  }

  void clear() {
    set = false;
  }

  /** Forgets the deadline for good. */
  void end() {
    set = false;
    if (armed != null) {
      armed.cancel(false);
      armed = null;
    }
  }

  private void arm(long nanos) {
    armedAt = System.nanoTime() + nanos;
    armed = loop.schedule(this::fire, nanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    armed = null;
    if (!set) {
      return;
    }
    long rest = at - System.nanoTime();
    if (rest > 0) {
      arm(rest);
    } else {
      set = false;
      expired.run();
    }
  }
}
