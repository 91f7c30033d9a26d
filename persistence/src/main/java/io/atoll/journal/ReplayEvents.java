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
 * Reads events in order, at most {@code most} of them and none after {@code mostBytes} are reached,
 * and answers how many they were. A gap or a damaged event fails: nothing is passed over.
 */
record ReplayEvents(
    EventRecords records,
    String stream,
    long from,
    long to,
    long most,
    long mostBytes,
    Consumer<PersistentRepr> receiver)
    implements Read<Long> {
  @Override
  public Long from(StoreReader reader) throws RocksDBException {
    Head head = reader.head(stream);
    long first = Math.max(Math.max(from, 1), head.deletedTo() + 1);
    long last = Math.min(to, head.highest());
    if (first > last || most <= 0) {
      return 0L;
    }
    long end = last - first < most ? last : first + most - 1;
    return read(reader, first, end);
  }

  private Long read(StoreReader reader, long first, long last) throws RocksDBException {
    Position next = new Position(first, mostBytes);
    reader.scan(
        Table.JOURNAL,
        EventRecords.key(stream, first),
        EventRecords.key(stream, last + 1),
        (key, stored) -> {
          next.expect(Keys.number(key), stream);
          receiver.accept(records.fromStored(stream, next.number++, stored));
          return next.hasRoomAfter(stored.length);
        });
    if (next.room > 0) {
      next.expect(last + 1, stream);
    }
    return next.number - first;
  }

  private static final class Position {
    private long number;
    private long room;

    Position(long number, long room) {
      this.number = number;
      this.room = room;
    }

    boolean hasRoomAfter(long bytes) {
      room -= bytes;
      return room > 0;
    }

    void expect(long found, String stream) {
      if (found != number) {
        throw DamagedRecordException.gap(stream, number, found);
      }
    }
  }
}
