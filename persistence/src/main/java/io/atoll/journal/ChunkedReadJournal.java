package io.atoll.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
public abstract class ChunkedReadJournal implements ReadJournal, CurrentEventsByPersistenceIdQuery {
  /** A chunk that holds so many bytes is long enough: many streams may be read at a time. */
  protected static final long CHUNK_BYTES = 1 << 20;

  private final EventAdapters adapters;

  /** A read journal beside the journal plugin with this id. */
  protected ChunkedReadJournal(ExtendedActorSystem system, String journal) {
    this.adapters = Persistence.get(system).adaptersFor(journal);
  }

  /**
   * Reads the next chunk of the stored events with these numbers, none when there are no more;
   * fails where one is damaged.
   */
  protected abstract CompletionStage<?> read(
      String stream, long from, long to, Consumer<PersistentRepr> receiver);

  /** The events with these numbers that are stored; the stream fails where one is damaged. */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return Source.unfoldAsync(fromSequenceNr, from -> chunk(persistenceId, from, toSequenceNr))
        .mapConcat(events -> events)
        .mapConcat(this::adapted);
  }

  private CompletionStage<Optional<Pair<Long, List<PersistentRepr>>>> chunk(
      String stream, long from, long to) {
    List<PersistentRepr> events = new ArrayList<>();
    return read(stream, from, to, events::add)
        .thenApply(done ->
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
