package io.atoll.journal;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.StoreExtension;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.PersistentRepr;

/** Reads the events of a stream back from the embedded store. */
public final class EmbeddedReadJournal extends ChunkedReadJournal {
  /** The read journal's id. */
  public static final String IDENTIFIER = "atoll.journal.query";

  private static final String JOURNAL = "atoll.journal";

  private final EmbeddedStore store;
  private final EventRecords records;
  private final int chunk;

  EmbeddedReadJournal(ExtendedActorSystem system, int chunk) {
    super(system, JOURNAL);
    this.store = StoreExtension.of(system);
    this.records = new EventRecords(system);
    this.chunk = chunk;
  }

  @Override
  protected CompletionStage<?> read(
      String stream, long from, long to, Consumer<PersistentRepr> receiver) {
    return store.read(new ReplayEvents(records, stream, from, to, chunk, CHUNK_BYTES, receiver));
  }
}
