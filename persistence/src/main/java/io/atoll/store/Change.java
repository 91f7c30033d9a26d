package io.atoll.store;

import org.rocksdb.RocksDBException;

/** A change of the store that happens as a whole or not at all. */
public interface Change {
  /** An estimate of what the change adds to the log, in bytes; 0 when it adds nothing. */
  long bytes();

  /**
   * Adds the change to the next commit; runs on the committer's thread, where the heads of the
   * streams are exact. It must not block, and throws before it adds anything when it refuses.
   */
  void addTo(Batch batch) throws RocksDBException;

  /** A change that changes nothing: it completes after all changes submitted before it. */
  static Change barrier() {
    return new Change() {
      @Override
      public long bytes() {
        return 0;
      }

      @Override
      public void addTo(Batch batch) {
        // A barrier adds nothing.
      }
    };
  }
}
