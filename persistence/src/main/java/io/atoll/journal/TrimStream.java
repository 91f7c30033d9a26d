package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Head;
import io.atoll.store.Table;
import org.rocksdb.RocksDBException;

/** Deletes a stream's events up to and including a number; its highest number is remembered. */
record TrimStream(String stream, long to) implements Change {
  /** Range tombstones slow reads down, so few events are deleted one by one. */
  private static final long MOST_ONE_BY_ONE = 1000;

  @Override
  public long bytes() {
    return MOST_ONE_BY_ONE * 16;
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    Head head = batch.head(stream);
    Head trimmed = head.trimmedTo(to);
    if (trimmed.equals(head)) {
      return;
    }
    delete(batch, head.deletedTo() + 1, trimmed.deletedTo());
    batch.shorten(stream, trimmed);
  }

  private void delete(Batch batch, long first, long last) throws RocksDBException {
    if (last - first >= MOST_ONE_BY_ONE) {
      batch.deleteRange(
          Table.JOURNAL, EventRecords.key(stream, first), EventRecords.key(stream, last + 1));
      return;
    }
    for (long number = first; number <= last; number++) {
      batch.delete(Table.JOURNAL, EventRecords.key(stream, number));
    }
  }
}
