package io.atoll.cassandra;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The last buckets of streams that are about to be claimed, asked for ahead. Of those that nobody
 * takes the oldest are forgotten. Thread-safe.
 */
final class Tips {
  static final int MOST = 1_000;

  private final Map<String, CompletionStage<Bucket>> tips =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletionStage<Bucket>> eldest) {
          return size() > MOST;
        }
      };

  synchronized void put(String stream, CompletionStage<Bucket> tip) {
    tips.put(stream, tip);
  }

  /** The one that was put last, once. */
  synchronized @Nullable CompletionStage<Bucket> take(String stream) {
    return tips.remove(stream);
  }
}
