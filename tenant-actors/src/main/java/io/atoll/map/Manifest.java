package io.atoll.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a map in key order. They cover all keys: a page holds the keys from its first key
 * (inclusive; the first page from the lowest) to the next page's first key (exclusive).
 */
public record Manifest(List<PageReference> pages) {
  public static final Manifest EMPTY = new Manifest(List.of());

  public Manifest {
    pages = List.copyOf(pages);
  }

  /** The page that covers the key, null if there are no pages. */
  @Nullable PageReference pageOf(Key key) {
    int index = indexOf(key);
    return index < 0 ? null : pages.get(index);
  }

  /** The index of the page that covers the key, -1 if there are no pages. */
  int indexOf(Key key) {
    int low = 0;
    int high = pages.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (pages.get(middle).firstKey().compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return pages.isEmpty() ? -1 : Math.max(high, 0);
  }

  /** The earliest expiry of an entry in any page, {@link Long#MAX_VALUE} for none. */
  long earliestExpiry() {
    long earliest = Long.MAX_VALUE;
    for (PageReference page : pages) {
      if (page.earliestExpiry() >= 0) {
        earliest = Math.min(earliest, page.earliestExpiry());
      }
    }
    return earliest;
  }

  /** One page: its number, its first key, the earliest expiry in it (-1 for none) and its bytes. */
  public record PageReference(long number, Key firstKey, long earliestExpiry, int bytes) {}
}
