package io.atoll.cassandra;

import io.atoll.journal.ChunkedReadJournal;
import io.atoll.journal.EventRecords;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.PersistentRepr;

/** Reads the events of a stream back from Cassandra. */
public final class CassandraReadJournal extends ChunkedReadJournal {
  /** The read journal's id. */
  public static final String IDENTIFIER = "atoll.cassandra.journal.query";

  private static final String JOURNAL = "atoll.cassandra.journal";

  private final EventRows rows;
  private final int chunk;

  CassandraReadJournal(ExtendedActorSystem system, int chunk) {
    super(system, JOURNAL);
    this.rows =
        new EventRows(
            CassandraExtension.of(system),
            CassandraExtension.streams(system),
            new StreamHeads(CassandraExtension.of(system)),
            new EventRecords(system));
    this.chunk = chunk;
  }

  @Override
  protected CompletionStage<?> read(
      String stream, long from, long to, Consumer<PersistentRepr> receiver) {
    return rows.read(stream, from, to, chunk, CHUNK_BYTES, receiver);
  }
}
