package io.atoll.map;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages that checkpoints which were cut off have left behind. They are found before a fold
 * writes anything, and deleted when its checkpoint is durable.
 *
 * <p>Only what was found is ever deleted. The append of the checkpoint comes after the finding, and
 * succeeds only while nobody else has claimed the stream. So what was found was written by this
 * owner or by one before it, and what none of the checkpoints up to this one needs, no later owner
 * can need: it begins with the state after them. An owner that is paused, and goes on when another
 * one has taken over, does not know of the other's pages and so spares them.
 *
 * <p>Used by one map's actor only.
 */
final class PagesLeftBehind {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);
  private static final CompletionStage<Set<Long>> NONE = CompletableFuture.completedStage(Set.of());

  private final StreamPages pages;
  private CompletionStage<Set<Long>> found = NONE;
  private CompletionStage<Void> deletion = DONE;

  /** Whether those of the map's earlier lives are deleted; there will be no others. */
  private volatile boolean gone;

  PagesLeftBehind(StreamPages pages) {
    this.pages = pages;
  }

  /** Completes, in any case, when a fold may write: what it writes is not among the pages found. */
  CompletionStage<Void> find() {
    if (gone) {
      return DONE;
    }
    found = deletion.thenCompose(_ -> pages.store().numbers(pages.stream()));
    return found.handle((_, _) -> null);
  }

  /**
   * Deletes what was found and is not needed. What fails is found again for the next checkpoint.
   */
  void delete(Supplier<Set<Long>> needed) {
    if (gone) {
      return;
    }
    Set<Long> spared = needed.get();
    deletion =
        found
            .thenCompose(numbers -> delete(numbers, spared))
            .whenComplete((_, failure) -> deleted(failure))
            .exceptionally(_ -> null);
    found = NONE;
  }

  private CompletionStage<Void> delete(Collection<Long> numbers, Set<Long> spared) {
    List<Long> garbage = numbers.stream().filter(number -> !spared.contains(number)).toList();
    return garbage.isEmpty() ? DONE : pages.store().delete(pages.stream(), garbage);
  }

  private void deleted(@Nullable Throwable failure) {
    pages.logFailure("tidy", failure);
    gone = failure == null;
  }
}
