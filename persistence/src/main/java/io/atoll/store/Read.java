package io.atoll.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** A question to the store; the reader is valid only until it returns. */
@FunctionalInterface
public interface Read<T extends @Nullable Object> {
  T from(StoreReader reader) throws RocksDBException;
}
