package io.atoll.bench;

import io.atoll.client.UnreachableException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, and tells what went wrong in one line. */
final class Await {
  private static final long OPEN_SECONDS = 30;

  private Await() {}

  /** Waits until a connection serves. */
  static void opened(CompletableFuture<Void> opened, URI url) {
    try {
      opened.get(OPEN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new BenchException(
          "cannot connect to " + url + ": " + UnreachableException.reason(cause(e)));
    } catch (TimeoutException e) {
      throw new BenchException("cannot connect to " + url + ": no answer");
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Waits for the end of work that reports its own failures. */
  static <T> T done(Future<T> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw cause(e) instanceof BenchException failed ? failed : new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static BenchException interrupted() {
    Thread.currentThread().interrupt();
    return new BenchException("interrupted");
  }

  private static Throwable cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }
}
