package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Table;
import org.rocksdb.RocksDBException;

/** Takes a row out behind the store's back, as damage does. */
record DeleteRow(Table table, byte[] key) implements Change {
  @Override
  public long bytes() {
    return key.length;
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    batch.delete(table, key);
  }
}
