package io.atoll.map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/** The pages of all maps of a node that are kept in memory, bounded by their bytes. Thread-safe. */
public final class PageCache {
  private final Cache<Address, Page> pages;

  private record Address(String stream, long number) {}

  /** A cache for about this many bytes of pages. */
  public PageCache(long maximumBytes) {
    this.pages =
        Caffeine.newBuilder()
            .maximumWeight(maximumBytes)
            .weigher((Address address, Page page) -> page.bytes().length)
            .executor(Runnable::run)
            .build();
  }

  @Nullable Page get(String stream, long number) {
    return pages.getIfPresent(new Address(stream, number));
  }

  void put(String stream, long number, Page page) {
    pages.put(new Address(stream, number), page);
  }

  void remove(String stream, long number) {
    pages.invalidate(new Address(stream, number));
  }
}
