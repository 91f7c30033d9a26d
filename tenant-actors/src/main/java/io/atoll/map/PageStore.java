package io.atoll.map;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the immutable pages of maps. A page belongs to a stream (a persistence id) and has a number
 * that is never used again in it. Thread-safe.
 */
public interface PageStore {
  /** Writes pages; completes when they are durable. */
  CompletionStage<Void> write(String stream, List<PageBytes> pages);

  /** Reads one page; fails with {@link java.util.NoSuchElementException} when it is not there. */
  CompletionStage<byte[]> read(String stream, long number);

  /** Deletes pages; numbers that are not there are passed over. */
  CompletionStage<Void> delete(String stream, Collection<Long> numbers);

  /** The numbers of the stream's pages; of a write that was cut off also those not written yet. */
  CompletionStage<Set<Long>> numbers(String stream);

  /** One page to write. */
  record PageBytes(long number, byte[] bytes) {}
}
