package io.atoll.journal;

import io.atoll.store.DamagedRecordException;
import io.atoll.store.Head;
import io.atoll.store.Keys;
import io.atoll.store.Read;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import java.util.function.Consumer;
import org.apache.pekko.persistence.PersistentRepr;
import org.rocksdb.RocksDBException;

/**
 * Reads all events of a stream after a number, in order, and answers where the stream stands. It
 * finds that out on the way: the event with the number itself must be there, unless it was trimmed,
 * and so must all that follow it. A gap or a damaged event fails: nothing is passed over.
 */
record ReplayAll(EventRecords records, String stream, long after, Consumer<PersistentRepr> receiver)
    implements Read<Head> {
  @Override
  public Head from(StoreReader reader) throws RocksDBException {
    Head trimmed = reader.trimmed(stream);
    Position position = new Position(Math.max(after, trimmed.deletedTo() + 1));
    reader.scan(
        Table.JOURNAL,
        EventRecords.key(stream, position.next),
        Keys.after(Keys.of(stream)),
        (key, stored) -> {
          long number = Keys.number(key);
          position.expect(number);
          if (number > after) {
            receiver.accept(records.fromStored(stream, number, stored));
          }
          return true;
        });
    position.expectPast(after);
    return trimmed.reaching(position.next - 1);
  }

  private final class Position {
    private long next;

    Position(long next) {
      this.next = next;
    }

    void expect(long found) {
      if (found != next) {
        throw DamagedRecordException.gap(stream, next, found);
      }
      next++;
    }

    void expectPast(long number) {
      if (next <= number) {
        throw DamagedRecordException.gap(stream, next, number + 1);
      }
    }
  }
}
