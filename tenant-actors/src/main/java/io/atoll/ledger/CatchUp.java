package io.atoll.ledger;

import io.atoll.map.MapEvent;
import io.atoll.map.MapJournal;
import io.atoll.map.MapReport;
import io.atoll.map.MeteredEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Reads what maps have written after their watermarks: mostly nothing, so where the store reads all
 * streams of a tenant in one go, that is done.
 */
final class CatchUp {
  private final Optional<MapJournal> store;
  private final CurrentEventsByPersistenceIdQuery journal;
  private final ActorSystem<?> system;

  CatchUp(ActorSystem<?> system, String readJournal, Optional<MapJournal> store) {
    this.system = system;
    this.store = store;
    this.journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, readJournal);
  }

  /** The usage of each stream, by the name of its map, after its watermark. */
  CompletionStage<List<MapReport.Metered>> read(
      Map<String, String> streams, LedgerState state, int atOnce) {
    return store
        .map(journal -> readAll(journal, streams, state))
        .orElseGet(() -> readEach(streams, state, atOnce));
  }

  private static CompletionStage<List<MapReport.Metered>> readAll(
      MapJournal journal, Map<String, String> streams, LedgerState state) {
    Map<String, Long> watermarks = new HashMap<>();
    Map<String, MeteredEvents> metered = new HashMap<>();
    streams.forEach((map, stream) -> {
      Watermark from = state.watermark(map);
      watermarks.put(stream, from.sequenceNr());
      metered.put(stream, new MeteredEvents(from.meteredTo()));
    });
    return journal
        .readAfter(
            watermarks,
            (stream, number, event) ->
                Objects.requireNonNull(metered.get(stream)).add(number, event))
        .thenApply(_ -> reports(streams, metered));
  }

  private static List<MapReport.Metered> reports(
      Map<String, String> streams, Map<String, MeteredEvents> metered) {
    return streams.entrySet().stream()
        .map(map -> Objects.requireNonNull(metered.get(map.getValue())).report(map.getKey()))
        .toList();
  }

  private CompletionStage<List<MapReport.Metered>> readEach(
      Map<String, String> streams, LedgerState state, int atOnce) {
    return Source.from(streams.entrySet())
        .mapAsyncUnordered(
            atOnce, stream -> read(stream.getValue(), state.watermark(stream.getKey())))
        .runWith(Sink.seq(), system);
  }

  private CompletionStage<MapReport.Metered> read(String persistenceId, Watermark from) {
    return journal
        .currentEventsByPersistenceId(persistenceId, from.sequenceNr() + 1, Long.MAX_VALUE)
        .runFold(new MeteredEvents(from.meteredTo()), CatchUp::add, system)
        .thenApply(events -> events.report(from.map()));
  }

  private static MeteredEvents add(MeteredEvents events, EventEnvelope envelope) {
    events.add(envelope.sequenceNr(), (MapEvent) envelope.event());
    return events;
  }
}
