package io.atoll.cassandra;

import com.typesafe.config.Config;
import io.atoll.journal.EventRecords;
import io.atoll.journal.EventRow;
import io.atoll.store.DamagedRecordException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * The Pekko journal plugin over Cassandra; plugin id {@code atoll.cassandra.journal}. A recovery
 * claims its stream; a write needs that claim, and Cassandra refuses it once another node has
 * claimed the stream. A recovery reads its snapshot before it claims: it fails when the owner
 * before it has meanwhile deleted events that this snapshot lacks.
 */
public class CassandraJournal extends AsyncWriteJournal {
  private static final Iterable<Optional<Exception>> NOTHING_REJECTED = List.of();

  private final CassandraSession session = CassandraExtension.of(context().system());
  private final EventStreams streams = CassandraExtension.streams(context().system());
  private final CassandraHistory history = new CassandraHistory(session);
  private final StreamHeads heads = new StreamHeads(session);
  private final EventRows rows =
      new EventRows(
          session, streams, heads, new EventRecords((ExtendedActorSystem) context().system()));
  private final Claims claims;

  /** Called by Pekko, which reaches it by reflection. */
  CassandraJournal(Config config) {
    this.claims = Claims.fitting(config.getInt("claims"), Runtime.getRuntime().maxMemory());
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    List<PersistentRepr> events = EventRow.of(messages);
    String stream = events.getFirst().persistenceId();
    Bucket claim = claims.get(stream);
    return FutureConverters.asScala(
        claim == null || claim.highest() + 1 != events.getFirst().sequenceNr()
            ? CompletableFuture.failedFuture(
                new LostStreamException(stream, events.getFirst().sequenceNr()))
            : write(stream, claim, events));
  }

  private CompletionStage<Iterable<Optional<Exception>>> write(
      String stream, Bucket claim, List<PersistentRepr> events) {
    long began = System.nanoTime();
    byte[] stored = rows.toStored(events);
    return streams
        .append(stream, claim, events.getLast().sequenceNr(), stored)
        .whenComplete((grown, failure) -> {
          if (failure == null) {
            claims.replace(stream, claim, grown);
            session.appended(events.size(), stored.length, began);
          } else {
            claims.forget(stream, claim);
          }
        })
        .thenApply(grown -> NOTHING_REJECTED);
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return FutureConverters.asScala(history.trimEvents(persistenceId, toSequenceNr));
  }

  /**
   * Pekko reads on from the number of the snapshot that the recovery has read, 0 for none. Where
   * events follow, their replay looks at the stream's head.
   */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return FutureConverters.asScala(
        streams
            .claim(persistenceId, UUID.randomUUID())
            .thenCompose(claim ->
                claim.highest() > fromSequenceNr
                    ? CompletableFuture.completedFuture(claim)
                    : heads
                        .head(persistenceId)
                        .thenApply(head -> {
                          requireContinued(persistenceId, head, fromSequenceNr);
                          return claim;
                        }))
            .thenApply(claim -> {
              claims.put(persistenceId, claim);
              return claim.highest();
            }));
  }

  /** Fails unless what is kept of the stream goes on where the recovery's snapshot ends. */
  void requireContinued(String stream, StreamHeads.Head head, long snapshot) {
    if (!head.continues(snapshot)) {
      throw new OvertakenRecoveryException(stream, snapshot);
    }
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    Bucket claim = claims.get(persistenceId);
    if (claim == null) {
      return FutureConverters.asScala(
          CompletableFuture.failedFuture(new LostStreamException(persistenceId, fromSequenceNr)));
    }
    return FutureConverters.asScala(
        rows.readClaimed(
                persistenceId,
                claim,
                fromSequenceNr,
                toSequenceNr,
                max,
                head -> requireContinued(persistenceId, head, Math.max(fromSequenceNr, 1) - 1),
                replayCallback)
            .thenAccept(
                next -> requireEnd(persistenceId, next, fromSequenceNr, toSequenceNr, max)));
  }

  /** The number to read to is never above the highest one that the stream has. */
  private static void requireEnd(String stream, long next, long from, long to, long max) {
    boolean enough = next > to || next - Math.max(from, 1) >= max;
    if (!enough) {
      throw new DamagedRecordException(
          "Stream %s is damaged: events %d to %d are missing.".formatted(stream, next, to));
    }
  }
}
