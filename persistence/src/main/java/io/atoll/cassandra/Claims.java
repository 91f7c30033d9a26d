package io.atoll.cassandra;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams that this node has claimed go on. At most so many: the longest unused one is
 * forgotten, and its writer must recover. Thread-safe.
 */
final class Claims {
  /** A claim takes about 250 bytes: so all of them take a sixteenth of the heap at most. */
  private static final long HEAP_FOR_EACH = 4_096;

  private final Map<String, Bucket> claims;

  Claims(int most) {
    this.claims =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
          }
        };
  }

  /** So many, or fewer where the heap has no room for them. */
  static Claims fitting(int most, long heapBytes) {
    return new Claims((int) Math.min(most, heapBytes / HEAP_FOR_EACH));
  }

  synchronized @Nullable Bucket get(String stream) {
    return claims.get(stream);
  }

  synchronized void put(String stream, Bucket claim) {
    claims.put(stream, claim);
  }

  /** Goes on after a write, unless the stream was claimed anew meanwhile. */
  synchronized void replace(String stream, Bucket before, Bucket after) {
    claims.replace(stream, before, after);
  }

  /** Forgets a claim that a write has failed with: only a recovery knows how the stream stands. */
  synchronized void forget(String stream, Bucket claim) {
    claims.remove(stream, claim);
  }
}
