package io.atoll.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.RocksDBException;

/**
 * The heads of the streams that were written lately, ahead of the disk by the commit in the making.
 * Used by the committer's thread only. The one place that decides which number is a stream's next.
 */
final class Heads {
  private final Source source;
  private final Map<String, Head> cached;

  Heads(Source source, int capacity) {
    this.source = source;
    this.cached =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Head> eldest) {
            return size() > capacity;
          }
        };
  }

  Head of(String stream) throws RocksDBException {
    Head head = cached.get(stream);
    if (head == null) {
      head = source.read(stream);
      cached.put(stream, head);
    }
    return head;
  }

  void set(String stream, Head head) {
    cached.put(stream, head);
  }

  /** Forgets all that is ahead of the disk, after a commit that did not happen. */
  void clear() {
    cached.clear();
  }

  /** Reads a head from the disk. */
  @FunctionalInterface
  interface Source {
    Head read(String stream) throws RocksDBException;
  }
}
