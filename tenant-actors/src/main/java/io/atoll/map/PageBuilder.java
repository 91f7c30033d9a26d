package io.atoll.map;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Gathers entries in key order into one {@link Page}. Not thread-safe. */
final class PageBuilder {
  private final List<Entry> entries = new ArrayList<>();
  private int bytes = Page.HEADER_BYTES;
  private long earliestExpiry = -1;

  void add(Entry entry) {
    entries.add(entry);
    bytes += size(entry);
    if (entry.expiresAt() >= 0 && !Receipt.isReceipt(entry.key())) {
      earliestExpiry =
          earliestExpiry < 0 ? entry.expiresAt() : Math.min(earliestExpiry, entry.expiresAt());
    }
  }

  /** Bytes that the page would have now. */
  int bytes() {
    return bytes;
  }

  /** Bytes that this entry adds to a page. */
  static int size(Entry entry) {
    return Integer.BYTES + Page.ENTRY_OVERHEAD + entry.key().length() + entry.value().length;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Key firstKey() {
    return entries.getFirst().key();
  }

  /** The earliest expiry of an entry, epoch milliseconds, -1 for none. */
  long earliestExpiry() {
    return earliestExpiry;
  }

  /** The page, after which the builder is empty again. */
  byte[] build() {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).put(Page.FORMAT).putInt(entries.size());
    int start = Page.HEADER_BYTES + entries.size() * Integer.BYTES;
    for (Entry entry : entries) {
      buffer.putInt(start);
      start += size(entry) - Integer.BYTES;
    }
    for (Entry entry : entries) {
      buffer
          .putShort((short) entry.key().length())
          .putLong(entry.version())
          .putLong(entry.expiresAt())
          .putInt(entry.value().length)
          .put(entry.key().bytes())
          .put(entry.value());
    }
    entries.clear();
    bytes = Page.HEADER_BYTES;
    earliestExpiry = -1;
    return buffer.array();
  }
}
