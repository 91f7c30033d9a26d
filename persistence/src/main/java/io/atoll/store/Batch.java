package io.atoll.store;

import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What one commit will write. Used by the committer's thread only. */
public final class Batch implements AutoCloseable {
  private final WriteBatch writes = new WriteBatch();
  private final Map<Table, ColumnFamilyHandle> tables;
  private final Heads heads;

  Batch(Map<Table, ColumnFamilyHandle> tables, Heads heads) {
    this.tables = tables;
    this.heads = heads;
  }

  /** The stream's head as it will be after the changes added so far. */
  public Head head(String stream) throws RocksDBException {
    return heads.of(stream);
  }

  /** The stream has grown by events that were put into this batch. */
  public void grow(String stream, Head head) {
    heads.set(stream, head);
  }

  /** The stream was trimmed or erased; this is remembered. */
  public void shorten(String stream, Head head) throws RocksDBException {
    put(Table.META, Head.key(stream), head.sealed(stream));
    heads.set(stream, head);
  }

  public void put(Table table, byte[] key, byte[] value) throws RocksDBException {
    writes.put(handle(table), key, value);
  }

  public void delete(Table table, byte[] key) throws RocksDBException {
    writes.delete(handle(table), key);
  }

  /** Deletes all keys that begin with the prefix. */
  public void deleteAll(Table table, byte[] prefix) throws RocksDBException {
    deleteRange(table, prefix, Keys.after(prefix));
  }

  public void deleteRange(Table table, byte[] from, byte[] toExclusive) throws RocksDBException {
    writes.deleteRange(handle(table), from, toExclusive);
  }

  /** Begins a change. */
  void mark() {
    writes.setSavePoint();
  }

  /** Ends a change that was added. */
  void keep() throws RocksDBException {
    writes.popSavePoint();
  }

  /** Ends a change that failed, and takes out what it had added. */
  void rollBack() throws RocksDBException {
    writes.rollbackToSavePoint();
  }

  boolean isEmpty() {
    return writes.count() == 0;
  }

  WriteBatch writes() {
    return writes;
  }

  @Override
  public void close() {
    writes.close();
  }

  @SuppressWarnings("NullAway") // every table has its handle
  private ColumnFamilyHandle handle(Table table) {
    return tables.get(table);
  }
}
