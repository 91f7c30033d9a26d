package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Keys;
import io.atoll.store.Table;
import org.rocksdb.RocksDBException;

/** Deletes events, snapshots and pages of a stream; only its highest number is remembered. */
record EraseStream(String stream) implements Change {
  @Override
  public long bytes() {
    return 10L * stream.length();
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    byte[] all = Keys.of(stream);
    batch.deleteAll(Table.JOURNAL, all);
    batch.deleteAll(Table.SNAPSHOTS, all);
    batch.deleteAll(Table.PAGES, all);
    batch.deleteAll(Table.META, PutPages.mark(stream));
    batch.shorten(stream, batch.head(stream).erased());
  }
}
