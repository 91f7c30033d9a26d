package io.atoll.directory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets the work on one key happen one after the other, in the order of the calls. Thread-safe. */
public final class Turns {
  private final ConcurrentMap<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /** Starts the work when all earlier work on the key is over, however it ended. */
  public CompletionStage<Void> take(String key, Supplier<CompletionStage<Void>> work) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(key, mine);
    CompletionStage<Void> begun =
        before == null
            ? work.get()
            : before.handle((done, failure) -> key).thenCompose(turn -> work.get());
    begun.whenComplete((done, failure) -> end(key, mine, failure));
    return begun;
  }

  private void end(String key, CompletableFuture<Void> mine, @Nullable Throwable failure) {
    last.remove(key, mine);
    if (failure == null) {
      mine.complete(null);
    } else {
      mine.completeExceptionally(failure);
    }
  }
}
