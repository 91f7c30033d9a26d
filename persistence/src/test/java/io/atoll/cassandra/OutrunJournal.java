package io.atoll.cassandra;

import com.typesafe.config.Config;
import java.util.concurrent.atomic.AtomicReference;
import scala.concurrent.Future;

/** A journal in which something happens after a recovery's snapshot was read, before its claim. */
public final class OutrunJournal extends CassandraJournal {
  private static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>(() -> {});

  OutrunJournal(Config config) {
    super(config);
  }

  /** In the next recovery this happens between the two steps. */
  static void meanwhile(Runnable work) {
    MEANWHILE.set(work);
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    MEANWHILE.getAndSet(() -> {}).run();
    return super.doAsyncReadHighestSequenceNr(persistenceId, fromSequenceNr);
  }
}
