package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Head;
import io.atoll.store.OutOfOrderWriteException;
import io.atoll.store.Table;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Appends events to a stream, if they are its next ones: the fence against a second writer. */
record AppendEvents(String stream, long first, List<Row> events) implements Change {
  @Override
  public long bytes() {
    long bytes = 0;
    for (Row event : events) {
      bytes += event.key().length + event.value().length;
    }
    return bytes;
  }

  /** An event as it is stored, under its key. */
  record Row(byte[] key, byte[] value) {}

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    Head head = batch.head(stream);
    if (first != head.highest() + 1) {
      throw new OutOfOrderWriteException(stream, head.highest() + 1, first);
    }
    for (Row event : events) {
      batch.put(Table.JOURNAL, event.key(), event.value());
    }
    batch.grow(stream, head.grownTo(first + events.size() - 1));
  }
}
