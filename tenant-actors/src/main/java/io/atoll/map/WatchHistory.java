package io.atoll.map;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;

/**
 * A stretch of a map's stream that is read back for a watcher, one event at a time and only as fast
 * as the watcher takes it. Knows when something in it was trimmed. Not thread-safe.
 */
final class WatchHistory {
  private final SinkQueueWithCancel<EventEnvelope> queue;
  private final long lastSeq;
  private long nextSeq;

  /**
   * Reads from the place, where the change {@code nextSeq} or one before it is, to the end of the
   * state.
   */
  WatchHistory(
      ActorSystem<?> system,
      MapSettings settings,
      String stream,
      WatchBacklog.Place from,
      MapState end) {
    this.nextSeq = from.seq();
    this.lastSeq = end.seq();
    this.queue =
        PersistenceQuery.get(system)
            .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, settings.readJournal())
            .currentEventsByPersistenceId(stream, from.ordinal(), end.ordinal())
            .runWith(
                Sink.<EventEnvelope>queue().addAttributes(Attributes.inputBuffer(1, 1)), system);
  }

  /** The next event; empty at the end of the stretch. */
  CompletionStage<Optional<EventEnvelope>> next() {
    return queue.pull();
  }

  /** Takes note of the event that was read. Returns false if changes before it are gone. */
  boolean follows(MapEvent event) {
    if (Changes.firstSeq(event) > nextSeq) {
      return false;
    }
    nextSeq = Math.max(nextSeq, Changes.lastSeq(event) + 1);
    return true;
  }

  /** Whether all changes of the stretch were read. */
  boolean isWhole() {
    return nextSeq > lastSeq;
  }

  void cancel() {
    queue.cancel();
  }
}
