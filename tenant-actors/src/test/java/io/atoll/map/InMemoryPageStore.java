package io.atoll.map;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A page store in memory that counts reads and can be told to fail. Thread-safe. */
public final class InMemoryPageStore implements PageStore {
  private final Map<String, Map<Long, byte[]>> streams = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean failing;

  /** From now on every call fails, or works again. */
  public void fail(boolean fail) {
    failing = fail;
  }

  /** How many pages were read so far. */
  public int reads() {
    return reads.get();
  }

  /** The numbers of the pages of a stream. */
  public Set<Long> stored(String stream) {
    return Set.copyOf(pages(stream).keySet());
  }

  @Override
  public CompletionStage<Void> write(String stream, List<PageBytes> pages) {
    return perform(() -> pages.forEach(page -> pages(stream).put(page.number(), page.bytes())));
  }

  @Override
  public CompletionStage<byte[]> read(String stream, long number) {
    reads.incrementAndGet();
    byte[] page = pages(stream).get(number);
    if (failing) {
      return CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
    }
    return page == null
        ? CompletableFuture.failedFuture(new NoSuchElementException("page " + number))
        : CompletableFuture.supplyAsync(() -> page);
  }

  @Override
  public CompletionStage<Void> delete(String stream, Collection<Long> numbers) {
    return perform(() -> pages(stream).keySet().removeAll(Set.copyOf(numbers)));
  }

  @Override
  public CompletionStage<Set<Long>> numbers(String stream) {
    Set<Long> stored = stored(stream);
    return perform(() -> {}).thenApply(_ -> stored);
  }

  private CompletionStage<Void> perform(Runnable action) {
    if (failing) {
      return CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
    }
    action.run();
    return CompletableFuture.completedFuture(null);
  }

  private Map<Long, byte[]> pages(String stream) {
    return streams.computeIfAbsent(stream, _ -> new ConcurrentHashMap<>());
  }
}
