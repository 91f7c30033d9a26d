package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Head;
import io.atoll.store.OutOfOrderWriteException;
import io.atoll.store.Table;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Appends events to a stream, if they are its next ones: the fence against a second writer. */
record AppendEvents(String stream, long first, List<byte[]> events) implements Change {
  @Override
  public long bytes() {
    return events.stream().mapToLong(event -> event.length + stream.length() + Long.BYTES).sum();
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    Head head = batch.head(stream);
    if (first != head.highest() + 1) {
      throw new OutOfOrderWriteException(stream, head.highest() + 1, first);
    }
    long number = first;
    for (byte[] event : events) {
      batch.put(Table.JOURNAL, EventRecords.key(stream, number), event);
      number++;
    }
    batch.grow(stream, head.grownTo(number - 1));
  }
}
