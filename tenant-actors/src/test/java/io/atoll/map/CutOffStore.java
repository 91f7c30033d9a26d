package io.atoll.map;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stores of one life of a node, which ends at a step of a checkpoint: from then on no call has
 * an effect and none is answered. Thread-safe.
 */
final class CutOffStore implements PageStore, MapJournal {
  /** Where a checkpoint can be cut off, in the order in which it comes there. */
  enum Step {
    PAGES_UNWRITTEN,
    PAGES_WRITTEN,
    EVENT_UNWRITTEN,
    EVENT_WRITTEN,
    SNAPSHOT_UNSAVED,
    SNAPSHOT_SAVED,
    PAGES_UNDELETED,
    PAGES_DELETED
  }

  private final PageStore pages;
  private final MapJournal journal;
  private final @Nullable Step last;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean dead;

  /** A life over these stores that ends at this step; null for one that goes on. */
  CutOffStore(PageStore pages, MapJournal journal, @Nullable Step last) {
    this.pages = pages;
    this.journal = journal;
    this.last = last;
  }

  /** Whether the step was reached. */
  boolean hasEnded() {
    return over.getCount() == 0;
  }

  private synchronized <T> CompletionStage<T> pass(
      @Nullable Step before, @Nullable Step after, Supplier<CompletionStage<T>> call) {
    end(before != null && before == last);
    if (dead) {
      return new CompletableFuture<>();
    }
    boolean ends = after != null && after == last;
    dead |= ends;
    CompletionStage<T> result = call.get();
    if (!ends) {
      return result;
    }
    result.whenComplete((_, _) -> over.countDown());
    return new CompletableFuture<>();
  }

  private void end(boolean now) {
    if (now) {
      dead = true;
      over.countDown();
    }
  }

  @Override
  public CompletionStage<Void> write(String stream, List<PageBytes> written) {
    return pass(Step.PAGES_UNWRITTEN, Step.PAGES_WRITTEN, () -> pages.write(stream, written));
  }

  @Override
  public CompletionStage<byte[]> read(String stream, long number) {
    return pass(null, null, () -> pages.read(stream, number));
  }

  @Override
  public CompletionStage<Void> delete(String stream, Collection<Long> numbers) {
    return pass(Step.PAGES_UNDELETED, Step.PAGES_DELETED, () -> pages.delete(stream, numbers));
  }

  @Override
  public CompletionStage<Set<Long>> numbers(String stream) {
    return pass(null, null, () -> pages.numbers(stream));
  }

  @Override
  public CompletionStage<Void> append(String stream, long sequenceNr, MapEvent event) {
    boolean checkpoint = event instanceof MapEvent.Checkpointed;
    return pass(
        checkpoint ? Step.EVENT_UNWRITTEN : null,
        checkpoint ? Step.EVENT_WRITTEN : null,
        () -> journal.append(stream, sequenceNr, event));
  }

  @Override
  public CompletionStage<Void> save(String stream, long sequenceNr, MapSnapshot snapshot) {
    return pass(
        Step.SNAPSHOT_UNSAVED,
        Step.SNAPSHOT_SAVED,
        () -> journal.save(stream, sequenceNr, snapshot));
  }

  @Override
  public CompletionStage<Void> recover(String stream, Replay replay) {
    return pass(null, null, () -> journal.recover(stream, replay));
  }

  @Override
  public CompletionStage<Void> readAfter(Map<String, Long> sequenceNrs, Reader reader) {
    return pass(null, null, () -> journal.readAfter(sequenceNrs, reader));
  }
}
