package io.atoll.map;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers entries in key order into one {@link Page}. Entries of other pages are copied as they
 * stand there, for a fold rewrites many more of them than it changes. Not thread-safe.
 */
final class PageBuilder {
  private static final int FIRST_ENTRIES = 64;
  private static final int FIRST_BYTES = 4096;

  /** Where each entry begins in {@link #body}. */
  private int[] starts = new int[FIRST_ENTRIES];

  private byte[] body = new byte[FIRST_BYTES];
  private int count;
  private int size;
  private @Nullable Key firstKey;
  private long earliestExpiry = -1;

  void add(Entry entry) {
    int start = begin(entry.key(), size(entry), entry.expiresAt());
    ByteBuffer.wrap(body, start, size - start)
        .putShort((short) entry.key().length())
        .putLong(entry.version())
        .putLong(entry.expiresAt())
        .putInt(entry.value().length)
        .put(entry.key().bytes())
        .put(entry.value());
  }

  /** Adds the entry at this index of another page. */
  void add(Page page, int index) {
    long expiresAt = page.expiresAt(index);
    Key key = count == 0 || expiresAt >= 0 ? page.key(index) : null;
    int start = begin(key, size(page, index), expiresAt);
    page.copy(index, body, start);
  }

  /** Makes room for an entry; the key may be missing where it tells nothing. */
  private int begin(@Nullable Key key, int bytes, long expiresAt) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
    }
    int start = size;
    size += bytes - Integer.BYTES;
    if (size > body.length) {
      body = Arrays.copyOf(body, Math.max(size, 2 * body.length));
    }
    if (count == 0) {
      firstKey = key;
    }
    starts[count++] = start;
    if (key != null && expiresAt >= 0 && !Receipt.isReceipt(key)) {
      earliestExpiry = earliestExpiry < 0 ? expiresAt : Math.min(earliestExpiry, expiresAt);
    }
    return start;
  }

  /** Bytes that the page would have now. */
  int bytes() {
    return Page.HEADER_BYTES + count * Integer.BYTES + size;
  }

  /** Bytes that this entry adds to a page. */
  static int size(Entry entry) {
    return Integer.BYTES + Page.ENTRY_OVERHEAD + entry.key().length() + entry.value().length;
  }

  /** Bytes that the entry at this index of a page adds to another. */
  static int size(Page page, int index) {
    return Integer.BYTES + page.entryBytes(index);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The key of the first entry; there must be one. */
  Key firstKey() {
    if (firstKey == null) {
      throw new IllegalStateException("the builder is empty");
    }
    return firstKey;
  }

  /** The earliest expiry of an entry, epoch milliseconds, -1 for none. */
  long earliestExpiry() {
    return earliestExpiry;
  }

  /** The page, after which the builder is empty again. */
  byte[] build() {
    ByteBuffer buffer = ByteBuffer.allocate(bytes()).put(Page.FORMAT).putInt(count);
    int before = Page.HEADER_BYTES + count * Integer.BYTES;
    for (int i = 0; i < count; i++) {
      buffer.putInt(before + starts[i]);
    }
    buffer.put(body, 0, size);
    count = 0;
    size = 0;
    firstKey = null;
    earliestExpiry = -1;
    return buffer.array();
  }
}
