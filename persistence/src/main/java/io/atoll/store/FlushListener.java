package io.atoll.store;

import java.io.IOException;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.FlushJobInfo;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the high water when a table file is complete; its log may be deleted from then on. */
final class FlushListener extends AbstractEventListener {
  private static final Logger LOG = LoggerFactory.getLogger(FlushListener.class);

  private final HighWater highWater;

  FlushListener(HighWater highWater) {
    super(EnabledEventCallback.ON_FLUSH_COMPLETED);
    this.highWater = highWater;
  }

  @Override
  public void onFlushCompleted(RocksDB rocks, FlushJobInfo flush) {
    try {
      highWater.rise(flush.getLargestSeqno());
    } catch (IOException e) {
      LOG.warn("Could not note how far the store has come; the next table file will.", e);
    }
  }
}
