package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.PageStore.PageBytes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of one map: the node's cache, and the page store behind it. Thread-safe. */
record StreamPages(String stream, PageStore store, PageCache cache) {
  static final Logger log = LoggerFactory.getLogger(StreamPages.class);

  /** The page if it is in memory. */
  @Nullable Page resident(PageReference reference) {
    return cache.get(stream, reference.number());
  }

  boolean isResident(PageReference reference) {
    return resident(reference) != null;
  }

  /** Reads the page from the store and keeps it in memory. */
  CompletionStage<Page> load(PageReference reference) {
    return store
        .read(stream, reference.number())
        .thenApply(bytes -> keep(reference.number(), bytes));
  }

  /** The page, waiting for the store if need be. */
  Page await(PageReference reference) throws Exception {
    Page page = resident(reference);
    return page != null
        ? page
        : new Page(store.read(stream, reference.number()).toCompletableFuture().get());
  }

  /** Writes pages and waits until they are durable; those with these numbers stay in memory. */
  void write(List<PageBytes> pages, Set<Long> resident) throws Exception {
    store.write(stream, pages).toCompletableFuture().get();
    for (PageBytes page : pages) {
      if (resident.contains(page.number())) {
        keep(page.number(), page.bytes());
      }
    }
  }

  /**
   * Deletes pages that nothing refers to; a failure leaves them to {@link PagesLeftBehind} of a
   * later life of the map.
   */
  void deleteQuietly(Collection<Long> numbers) {
    numbers.forEach(number -> cache.remove(stream, number));
    store.delete(stream, numbers).whenComplete((_, failure) -> logFailure("delete", failure));
  }

  private Page keep(long number, byte[] bytes) {
    Page page = new Page(bytes);
    cache.put(stream, number, page);
    return page;
  }

  void logFailure(String what, @Nullable Throwable failure) {
    if (failure != null) {
      log.warn(
          "could not {} pages of {}, will be done at a later checkpoint", what, stream, failure);
    }
  }
}
