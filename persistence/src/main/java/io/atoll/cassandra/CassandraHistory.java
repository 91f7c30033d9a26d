package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.atoll.map.History;
import java.util.concurrent.CompletionStage;

/** The histories of the streams in Cassandra. */
public final class CassandraHistory implements History {
  private final CassandraSession session;
  private final EventStreams streams;
  private final EventDeletion events;
  private final CassandraPageStore pages;
  private final PreparedStatement deleteSnapshots;

  public CassandraHistory(CassandraSession session) {
    this.session = session;
    this.streams = new EventStreams(session);
    this.events = new EventDeletion(session, streams);
    this.pages = new CassandraPageStore(session);
    this.deleteSnapshots =
        session.prepare("DELETE FROM snapshots WHERE stream = ? AND sequence_nr < ?");
  }

  @Override
  public CompletionStage<Void> trim(String persistenceId, long toSequenceNr) {
    return trimEvents(persistenceId, toSequenceNr)
        .thenCompose(trimmed -> streams.tip(persistenceId))
        .thenCompose(tip ->
            session.execute(
                deleteSnapshots.bind(persistenceId, Math.min(toSequenceNr, tip.highest()))))
        .thenAccept(done -> {});
  }

  /** Deletes events only. */
  CompletionStage<Void> trimEvents(String stream, long toSequenceNr) {
    return events.trim(stream, toSequenceNr);
  }

  @Override
  public CompletionStage<Void> erase(String persistenceId) {
    return events
        .erase(persistenceId)
        .thenCompose(erased -> session.execute(deleteSnapshots.bind(persistenceId, Long.MAX_VALUE)))
        .thenCompose(erased -> pages.numbers(persistenceId))
        .thenCompose(left -> pages.delete(persistenceId, left));
  }
}
