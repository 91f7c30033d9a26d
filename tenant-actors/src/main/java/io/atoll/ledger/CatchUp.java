package io.atoll.ledger;

import io.atoll.map.MapEvent;
import io.atoll.map.MapReport;
import io.atoll.map.MeteredEvents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** Reads what maps have written after their watermarks. */
final class CatchUp {
  private final CurrentEventsByPersistenceIdQuery journal;
  private final ActorSystem<?> system;

  CatchUp(ActorSystem<?> system, String readJournal) {
    this.system = system;
    this.journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, readJournal);
  }

  /** The usage of each stream, by the name of its map, after its watermark. */
  CompletionStage<List<MapReport.Metered>> read(
      Map<String, String> streams, LedgerState state, int atOnce) {
    return Source.from(streams.entrySet())
        .mapAsyncUnordered(
            atOnce, stream -> read(stream.getValue(), state.watermark(stream.getKey())))
        .runWith(Sink.seq(), system);
  }

  private CompletionStage<MapReport.Metered> read(String persistenceId, Watermark from) {
    return journal
        .currentEventsByPersistenceId(persistenceId, from.sequenceNr() + 1, Long.MAX_VALUE)
        .runFold(
            new MeteredEvents(from.sequenceNr(), from.entries(), from.bytes()),
            CatchUp::add,
            system)
        .thenApply(events -> events.report(from.map()));
  }

  private static MeteredEvents add(MeteredEvents events, EventEnvelope envelope) {
    events.add(envelope.sequenceNr(), (MapEvent) envelope.event());
    return events;
  }
}
