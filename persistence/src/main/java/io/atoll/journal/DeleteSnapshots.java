package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Table;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Deletes the snapshots under these keys. */
record DeleteSnapshots(List<byte[]> keys) implements Change {
  @Override
  public long bytes() {
    return keys.stream().mapToLong(key -> key.length).sum();
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    for (byte[] key : keys) {
      batch.delete(Table.SNAPSHOTS, key);
    }
  }
}
