package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Table;
import org.rocksdb.RocksDBException;

/** Stores one row. */
record PutRow(Table table, byte[] key, byte[] value) implements Change {
  @Override
  public long bytes() {
    return (long) key.length + value.length;
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    batch.put(table, key, value);
  }
}
