package io.atoll.journal;

import io.atoll.store.Batch;
import io.atoll.store.Change;
import io.atoll.store.Keys;
import io.atoll.store.Table;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Stores sealed pages, each with a small mark that it is there: so the pages of a stream are listed
 * without reading them.
 */
record PutPages(String stream, List<Long> numbers, List<byte[]> sealed) implements Change {
  private static final byte[] PRESENT = {};

  /** The prefix of the marks of the stream's pages. */
  static byte[] mark(String stream) {
    return Keys.marked('p', Keys.of(stream));
  }

  static byte[] mark(String stream, long number) {
    return Keys.marked('p', Keys.of(stream, number));
  }

  @Override
  public long bytes() {
    return sealed.stream().mapToLong(page -> page.length + 2L * stream.length()).sum();
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    for (int i = 0; i < sealed.size(); i++) {
      batch.put(Table.PAGES, Keys.of(stream, numbers.get(i)), sealed.get(i));
      batch.put(Table.META, mark(stream, numbers.get(i)), PRESENT);
    }
  }
}
