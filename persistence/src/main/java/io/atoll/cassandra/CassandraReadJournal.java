package io.atoll.cassandra;

import io.atoll.journal.EventRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Source;
import scala.jdk.javaapi.CollectionConverters;

/** Reads the events of a stream back, in chunks and only as fast as they are taken. */
public final class CassandraReadJournal implements ReadJournal, CurrentEventsByPersistenceIdQuery {
  /** The read journal's id. */
  public static final String IDENTIFIER = "atoll.cassandra.journal.query";

  private static final String JOURNAL = "atoll.cassandra.journal";

  /** A reading that holds so many bytes is long enough: many streams may be read at a time. */
  private static final long CHUNK_BYTES = 1 << 20;

  private final EventRows rows;
  private final EventAdapters adapters;
  private final int chunk;

  CassandraReadJournal(ExtendedActorSystem system, int chunk) {
    this.rows =
        new EventRows(
            CassandraExtension.streams(system),
            new StreamHeads(CassandraExtension.of(system)),
            new EventRecords(system));
    this.adapters = Persistence.get(system).adaptersFor(JOURNAL);
    this.chunk = chunk;
  }

  /** The events with these numbers that are stored; the stream fails where one is damaged. */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return Source.unfoldAsync(fromSequenceNr, from -> read(persistenceId, from, toSequenceNr))
        .mapConcat(events -> events)
        .mapConcat(this::adapted);
  }

  private CompletionStage<Optional<Pair<Long, List<PersistentRepr>>>> read(
      String stream, long from, long to) {
    List<PersistentRepr> events = new ArrayList<>();
    return rows.read(stream, from, to, chunk, CHUNK_BYTES, events::add)
        .thenApply(count ->
            events.isEmpty()
                ? Optional.empty()
                : Optional.of(Pair.create(events.getLast().sequenceNr() + 1, events)));
  }

  private List<EventEnvelope> adapted(PersistentRepr event) {
    List<EventEnvelope> envelopes = new ArrayList<>();
    var adapter = adapters.get(event.payload().getClass());
    CollectionConverters.asJava(adapter.fromJournal(event.payload(), event.manifest()).events())
        .forEach(payload -> envelopes.add(envelope(event, payload)));
    return envelopes;
  }

  private static EventEnvelope envelope(PersistentRepr event, Object payload) {
    return new EventEnvelope(
        Offset.sequence(event.sequenceNr()),
        event.persistenceId(),
        event.sequenceNr(),
        payload,
        event.timestamp(),
        event.metadata());
  }
}
