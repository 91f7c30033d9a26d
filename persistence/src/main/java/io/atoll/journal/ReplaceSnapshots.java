package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Table;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Stores a snapshot of a stream up to an event, and deletes those under these keys; unless the
 * stream was erased meanwhile, for then nothing of it may come back.
 */
record ReplaceSnapshots(String stream, long sequenceNr, byte[] value, List<byte[]> deleted)
    implements Change {
  @Override
  public long bytes() {
    return (long) SnapshotRecords.key(stream, sequenceNr).length
        + value.length
        + new DeleteSnapshots(deleted).bytes();
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    if (batch.head(stream).emptyAt() >= sequenceNr) {
      return;
    }
    batch.put(Table.SNAPSHOTS, SnapshotRecords.key(stream, sequenceNr), value);
    new DeleteSnapshots(deleted).addTo(batch);
  }
}
