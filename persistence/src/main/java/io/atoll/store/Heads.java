package io.atoll.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.RocksDBException;

/**
 * The heads of the streams that were written lately, ahead of the disk by the commit in the making.
 * The one place that decides which number is a stream's next. Used by the committer's thread only,
 * but for {@link #commits()}.
 */
final class Heads {
  private final Source source;
  private final Map<String, Known> known;

  /** The number of commits that are on the disk. */
  private volatile long commits;

  /** No head that has left was changed by a commit after this one. */
  private long lastForgotten;

  Heads(Source source, int capacity) {
    this.source = source;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            boolean leaves = size() > capacity;
            if (leaves) {
              lastForgotten = Math.max(lastForgotten, eldest.getValue().commit);
            }
            return leaves;
          }
        };
  }

  Head of(String stream) throws RocksDBException {
    Known found = known.get(stream);
    if (found != null) {
      return found.head();
    }
    Head head = source.read(stream);
    known.put(stream, Known.read(head));
    return head;
  }

  void set(String stream, Head head) {
    known.put(stream, Known.of(head, commits + 1));
  }

  /**
   * Takes a reader's word for where a stream stands, unless the stream is known, or may have been
   * written after the reader looked and been forgotten since.
   */
  void seen(SeenHead seen) {
    if (seen.commit() >= lastForgotten) {
      known.putIfAbsent(seen.stream(), Known.read(seen.head()));
    }
  }

  /** The number of commits so far: who looks at the disk from now on sees all of them. */
  long commits() {
    return commits;
  }

  /** What was set is on the disk. */
  void committed() {
    long number = commits + 1;
    commits = number;
  }

  /** Forgets all that is ahead of the disk, after a commit that did not happen. */
  void clear() {
    known.clear();
    lastForgotten = commits + 1;
  }

  /** A head, and the commit that made it so; 0 when it was read. One object: there are many. */
  private record Known(long highest, long deletedTo, long emptyAt, long commit) {
    static Known of(Head head, long commit) {
      return new Known(head.highest(), head.deletedTo(), head.emptyAt(), commit);
    }

    static Known read(Head head) {
      return of(head, 0);
    }

    Head head() {
      return new Head(highest, deletedTo, emptyAt);
    }
  }

  /** Reads a head from the disk. */
  @FunctionalInterface
  interface Source {
    Head read(String stream) throws RocksDBException;
  }
}
