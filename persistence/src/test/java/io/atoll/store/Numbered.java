package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.rocksdb.RocksDBException;

/** An event of a stream whose content follows from its number; for tests below the journal. */
record Numbered(String stream, long number) implements Change {
  private static final int LARGE = 70_000;

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
    batch.put(Table.JOURNAL, key, Sealed.seal(key, content()));
    batch.grow(stream, head.grownTo(number));
  }

  static long highest(EmbeddedStore store, String stream) {
    return Stores.result(store.read(reader -> reader.head(stream).highest()));
  }

  /** The stream's events are all there from the first one on, and are what was written. */
  static void assertSound(EmbeddedStore store, String stream) {
    List<Long> numbers = new ArrayList<>();
    byte[] all = Keys.of(stream);
    Stores.result(
        store.read(reader -> {
          reader.scan(
              Table.JOURNAL,
              all,
              Keys.after(all),
              (key, stored) -> {
                long number = Keys.number(key);
                assertThat(Sealed.open(key, stored, stream + " " + number))
                    .isEqualTo(ByteBuffer.wrap(new Numbered(stream, number).content()));
                return numbers.add(number);
              });
          return numbers;
        }));
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(i + 1L);
    }
  }

  private byte[] content() {
    Random random = new Random(stream.hashCode() * 31L + number);
    int size = random.nextInt(100) == 0 ? LARGE : random.nextInt(600);
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }
}
