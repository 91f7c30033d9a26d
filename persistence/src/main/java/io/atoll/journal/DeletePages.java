package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Keys;
import io.atoll.store.Table;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Deletes pages and their marks. */
record DeletePages(String stream, List<Long> numbers) implements Change {
  @Override
  public long bytes() {
    return numbers.size() * 2L * stream.length();
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    for (long number : numbers) {
      batch.delete(Table.PAGES, Keys.of(stream, number));
      batch.delete(Table.META, PutPages.mark(stream, number));
    }
  }
}
