package io.atoll.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What one commit will write. The writes of a change gather before they join those of the changes
 * before it, so a change that fails leaves nothing. Used by the committer's thread only.
 */
public final class Batch implements AutoCloseable {
  private final WriteBatch writes = new WriteBatch();
  private final List<Addition> gathered = new ArrayList<>();
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
  public void shorten(String stream, Head head) {
    put(Table.META, Head.key(stream), head.sealed(stream));
    heads.set(stream, head);
  }

  public void put(Table table, byte[] key, byte[] value) {
    gathered.add(() -> writes.put(handle(table), key, value));
  }

  public void delete(Table table, byte[] key) {
    gathered.add(() -> writes.delete(handle(table), key));
  }

  /** Deletes all keys that begin with the prefix. */
  public void deleteAll(Table table, byte[] prefix) {
    deleteRange(table, prefix, Keys.after(prefix));
  }

  public void deleteRange(Table table, byte[] from, byte[] toExclusive) {
    gathered.add(() -> writes.deleteRange(handle(table), from, toExclusive));
  }

  Heads heads() {
    return heads;
  }

  /** Ends a change: what it has gathered will be written. */
  void keep() throws RocksDBException {
    for (Addition addition : gathered) {
      addition.add();
    }
    gathered.clear();
  }

  /** Ends a change that failed: what it has gathered is forgotten. */
  void drop() {
    gathered.clear();
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

  /** Adds one write to those of the commit. */
  @FunctionalInterface
  private interface Addition {
    void add() throws RocksDBException;
  }
}
