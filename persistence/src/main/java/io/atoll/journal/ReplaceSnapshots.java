package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Table;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Stores a snapshot and deletes those under these keys. */
record ReplaceSnapshots(byte[] key, byte[] value, List<byte[]> deleted) implements Change {
  @Override
  public long bytes() {
    return (long) key.length + value.length + new DeleteSnapshots(deleted).bytes();
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    batch.put(Table.SNAPSHOTS, key, value);
    new DeleteSnapshots(deleted).addTo(batch);
  }
}
