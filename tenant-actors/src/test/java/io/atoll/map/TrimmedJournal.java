package io.atoll.map;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.ReadJournalProvider;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Reads a stream of the journal in memory back, a few events at a time, without those that were
 * trimmed meanwhile. Thread-safe.
 */
final class TrimmedJournal implements ReadJournal, CurrentEventsByPersistenceIdQuery {
  private static final int CHUNK = 5;
  private static final Map<String, Long> TRIMMED = new ConcurrentHashMap<>();

  private final PersistenceTestKit journal;

  private TrimmedJournal(PersistenceTestKit journal) {
    this.journal = journal;
  }

  /** Hides the events of the stream up to and including this one. */
  static void trim(String stream, long to) {
    TRIMMED.merge(stream, to, Math::max);
  }

  static long trimmedTo(String stream) {
    return TRIMMED.getOrDefault(stream, 0L);
  }

  /** A history that trims these streams. */
  static History history() {
    return new History() {
      @Override
      public CompletionStage<Void> trim(String stream, long to) {
        TrimmedJournal.trim(stream, to);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletionStage<Void> erase(String stream) {
        throw new UnsupportedOperationException("a map does not erase its stream");
      }
    };
  }

  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String stream, long from, long to) {
    return Source.unfold(from, next -> read(stream, next, to)).mapConcat(events -> events);
  }

  private Optional<Pair<Long, List<EventEnvelope>>> read(String stream, long next, long to) {
    List<Object> events = journal.persistedInStorage(stream);
    long first = Math.max(next, trimmedTo(stream) + 1);
    long last = Math.min(Math.min(to, events.size()), first + CHUNK - 1);
    List<EventEnvelope> chunk =
        LongStream.rangeClosed(first, last)
            .mapToObj(number ->
                new EventEnvelope(
                    Offset.sequence(number), stream, number, events.get((int) number - 1), 0))
            .toList();
    return chunk.isEmpty() ? Optional.empty() : Optional.of(Pair.create(last + 1, chunk));
  }

  /** Makes the journal known to Pekko. */
  static final class Provider implements ReadJournalProvider {
    private final TrimmedJournal journal;

    Provider(ExtendedActorSystem system, Config config, String path) {
      this.journal = new TrimmedJournal(PersistenceTestKit.create(system));
    }

    @Override
    public org.apache.pekko.persistence.query.scaladsl.ReadJournal scaladslReadJournal() {
      return new org.apache.pekko.persistence.query.scaladsl.ReadJournal() {};
    }

    @Override
    public ReadJournal javadslReadJournal() {
      return journal;
    }
  }
}
