package io.atoll.store;

import org.rocksdb.RocksDBException;

/** An event of a stream that is only its number; for tests of the store below the journal. */
record Numbered(String stream, long number) implements Change {
  @Override
  public long bytes() {
    return 100;
  }

  @Override
  public void addTo(Batch batch) throws RocksDBException {
    Head head = batch.head(stream);
    if (number != head.highest() + 1) {
      throw new OutOfOrderWriteException(stream, head.highest() + 1, number);
    }
    byte[] key = Keys.of(stream, number);
    batch.put(Table.JOURNAL, key, Sealed.seal(key, new byte[50]));
    batch.grow(stream, head.grownTo(number));
  }

  static long highest(EmbeddedStore store, String stream) {
    return Stores.result(store.read(reader -> reader.head(stream).highest()));
  }
}
