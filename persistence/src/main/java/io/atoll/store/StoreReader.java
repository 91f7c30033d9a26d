package io.atoll.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;

/**
 * One consistent view of the store, for the one {@link Read} that it is handed to. A damaged block
 * shows as {@link DamagedRecordException}.
 */
public final class StoreReader implements AutoCloseable {
  private final RocksDB rocks;
  private final Map<Table, ColumnFamilyHandle> tables;
  private final long commit;
  private final Consumer<SeenHead> seen;
  private final Snapshot snapshot;

  /**
   * A view of what is in the store now.
   *
   * @param commit the number of a commit that is in it
   */
  StoreReader(
      RocksDB rocks, Map<Table, ColumnFamilyHandle> tables, long commit, Consumer<SeenHead> seen) {
    this.rocks = rocks;
    this.tables = tables;
    this.commit = commit;
    this.seen = seen;
    this.snapshot = rocks.getSnapshot();
  }

  public byte @Nullable [] get(Table table, byte[] key) throws RocksDBException {
    try (ReadOptions options = options()) {
      return rocks.get(handle(table), options, key);
    } catch (RocksDBException e) {
      throw orDamage(table, e);
    }
  }

  /** Visits the rows from a key to a key in order, until the visitor has enough. */
  public void scan(Table table, byte[] from, byte[] toExclusive, Visitor visitor)
      throws RocksDBException {
    try (Slice end = new Slice(toExclusive);
        ReadOptions options = options().setIterateUpperBound(end);
        RocksIterator rows = rocks.newIterator(handle(table), options)) {
      rows.seek(from);
      while (rows.isValid() && visitor.wantsMore(rows.key(), rows.value())) {
        rows.next();
      }
      rows.status();
    } catch (RocksDBException e) {
      throw orDamage(table, e);
    }
  }

  /** The keys that begin with the prefix, in order, without their values. */
  public List<byte[]> keys(Table table, byte[] prefix) throws RocksDBException {
    List<byte[]> keys = new ArrayList<>();
    try (Slice end = new Slice(Keys.after(prefix));
        ReadOptions options = options().setIterateUpperBound(end);
        RocksIterator rows = rocks.newIterator(handle(table), options)) {
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        keys.add(rows.key());
      }
      rows.status();
    } catch (RocksDBException e) {
      throw orDamage(table, e);
    }
    return keys;
  }

  /** The last key that begins with the prefix. */
  public Optional<byte[]> lastKey(Table table, byte[] prefix) throws RocksDBException {
    try (Slice end = new Slice(Keys.after(prefix));
        Slice start = new Slice(prefix);
        ReadOptions options = options().setIterateUpperBound(end).setIterateLowerBound(start);
        RocksIterator rows = rocks.newIterator(handle(table), options)) {
      rows.seekToLast();
      rows.status();
      return rows.isValid() ? Optional.of(rows.key()) : Optional.empty();
    } catch (RocksDBException e) {
      throw orDamage(table, e);
    }
  }

  /** Where the stream's trims stand, without a look at its events. */
  public Head trimmed(String stream) throws RocksDBException {
    byte[] stored = get(Table.META, Head.key(stream));
    return stored == null ? Head.NEW : Head.opened(stream, stored, 0);
  }

  /** Where the stream stands. */
  public Head head(String stream) throws RocksDBException {
    byte[] stored = get(Table.META, Head.key(stream));
    long lastEvent = lastKey(Table.JOURNAL, Keys.of(stream)).map(Keys::number).orElse(0L);
    return stored == null ? Head.NEW.grownTo(lastEvent) : Head.opened(stream, stored, lastEvent);
  }

  /**
   * The reader has seen where the stream stands: so the committer need not look when the stream is
   * written next, while all others wait for it.
   */
  public void hasSeen(String stream, Head head) {
    seen.accept(new SeenHead(stream, head, commit));
  }

  @Override
  public void close() {
    rocks.releaseSnapshot(snapshot);
    snapshot.close();
  }

  private ReadOptions options() {
    return new ReadOptions().setSnapshot(snapshot).setVerifyChecksums(true);
  }

  @SuppressWarnings("NullAway") // every table has its handle
  private ColumnFamilyHandle handle(Table table) {
    return tables.get(table);
  }

  private static RocksDBException orDamage(Table table, RocksDBException failure) {
    Status status = failure.getStatus();
    if (status != null && status.getCode() == Status.Code.Corruption) {
      DamagedRecordException damage =
          new DamagedRecordException("A file of table " + table.storedName() + " is damaged.");
      damage.initCause(failure);
      throw damage;
    }
    return failure;
  }

  /** Is shown rows; the arrays are its own. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes a row; false when it needs no more. */
    boolean wantsMore(byte[] key, byte[] value) throws RocksDBException;
  }
}
