package io.atoll.map;

import java.util.List;

/**
 * What is written to a map's stream. Every event carries the map's size after it, so that a reader
 * needs no page to know it; {@code at} is epoch milliseconds and never goes back within a stream.
 */
public sealed interface MapEvent {
  long at();

  /** Live entries after the event. */
  long entries();

  /** Bytes of keys and values of the live entries after the event. */
  long bytes();

  /**
   * A batch of changes, decided together. The first change that is numbered has {@code firstSeq},
   * each next one the next number. {@code writeOperations} and {@code bytesIn} are what the batch
   * meters: all its admitted writes, those that changed nothing too.
   */
  record EntriesChanged(
      long at,
      long firstSeq,
      List<EntryChange> changes,
      long writeOperations,
      long bytesIn,
      long storageDelta,
      long entries,
      long bytes)
      implements MapEvent {}

  /**
   * All entries were removed by dropping the map, as the change {@code seq}. {@code
   * writeOperations} is what it meters: one for each drop that led to this generation.
   */
  record Cleared(long at, long seq, long generation, long storageDelta, long writeOperations)
      implements MapEvent {
    @Override
    public long entries() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /**
   * Older state was folded into pages: the manifest holds every change of the events up to {@code
   * throughOrdinal}. History before {@code historyFrom} may be gone.
   */
  record Checkpointed(
      long at, long throughOrdinal, long historyFrom, Manifest manifest, long entries, long bytes)
      implements MapEvent {}

  /** One change of one entry. */
  sealed interface EntryChange {
    Key key();
  }

  /** The entry was stored; {@code expiresAt} is epoch milliseconds, -1 for never. */
  record Put(Key key, byte[] value, long expiresAt) implements EntryChange {}

  /** The entry was deleted. */
  record Deleted(Key key) implements EntryChange {}

  /** The entry's time was over. */
  record Expired(Key key) implements EntryChange {}

  /** The answer to a write that carried an idempotency key; takes no number and is no entry. */
  record Receipted(Key key, Receipt receipt) implements EntryChange {}
}
