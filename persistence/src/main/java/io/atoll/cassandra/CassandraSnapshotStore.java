package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.journal.SnapshotRecords;
import io.atoll.store.DamagedRecordException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongPredicate;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** The Pekko snapshot plugin over Cassandra; plugin id {@code atoll.cassandra.snapshot-store}. */
public final class CassandraSnapshotStore extends SnapshotStore {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraSnapshotStore.class);
  private static final String RANGE =
      " FROM snapshots WHERE stream = ? AND sequence_nr >= ? AND sequence_nr <= ?";

  private final CassandraSession session = CassandraExtension.of(context().system());
  private final EventStreams streams = CassandraExtension.streams(context().system());
  private final StreamHeads heads = new StreamHeads(session);
  private final SnapshotRecords records =
      new SnapshotRecords((ExtendedActorSystem) context().system());
  private final PreparedStatement put =
      session.prepare("INSERT INTO snapshots (stream, sequence_nr, snapshot) VALUES (?, ?, ?)");
  private final PreparedStatement get = session.prepare("SELECT sequence_nr, snapshot" + RANGE);
  private final PreparedStatement delete =
      session.prepare("DELETE FROM snapshots WHERE stream = ? AND sequence_nr = ?");

  /** Who loads a snapshot recovers, and claims the stream next. */
  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    streams.expectClaim(persistenceId);
    CompletionStage<StreamHeads.Head> head = heads.head(persistenceId);
    return FutureConverters.asScala(
        newest(persistenceId, criteria)
            .thenCombine(
                head,
                (newest, at) ->
                    isThatAll(newest, at)
                        ? CompletableFuture.completedFuture(newest)
                        : loadAgain(persistenceId, criteria))
            .thenCompose(loaded -> loaded));
  }

  /** The head was there first: what it says of deleted events holds for this snapshot. */
  private CompletionStage<Optional<SelectedSnapshot>> loadAgain(
      String stream, SnapshotSelectionCriteria criteria) {
    return heads
        .head(stream)
        .thenCompose(head ->
            newest(stream, criteria)
                .thenApply(newest -> newest.filter(one -> isOfNow(one, head)))
                .thenApply(newest -> {
                  if (head.lacks(number(newest))) {
                    throw new DamagedRecordException(
                        "Stream %s is damaged: its events up to %d are deleted, and no sound snapshot has them."
                            .formatted(stream, head.deletedTo()));
                  }
                  return newest;
                }));
  }

  /** Whether nothing was deleted or erased behind what was read at the same time as the head. */
  private static boolean isThatAll(Optional<SelectedSnapshot> newest, StreamHeads.Head head) {
    return newest.filter(one -> !isOfNow(one, head)).isEmpty() && !head.lacks(number(newest));
  }

  /** A snapshot of before an erasure was saved too late: nothing of it may come back. */
  private static boolean isOfNow(SelectedSnapshot snapshot, StreamHeads.Head head) {
    return snapshot.metadata().sequenceNr() > head.emptyAt();
  }

  private static long number(Optional<SelectedSnapshot> snapshot) {
    return snapshot.map(one -> one.metadata().sequenceNr()).orElse(0L);
  }

  private CompletionStage<Optional<SelectedSnapshot>> newest(
      String stream, SnapshotSelectionCriteria criteria) {
    List<SelectedSnapshot> found = new ArrayList<>();
    return session
        .forEach(
            get.bind(stream, criteria.minSequenceNr(), criteria.maxSequenceNr()).setPageSize(1),
            row -> {
              sound(stream, row)
                  .filter(it -> criteria.matches(it.metadata()))
                  .ifPresent(found::add);
              return found.isEmpty();
            })
        .thenApply(done -> found.stream().findFirst());
  }

  private Optional<SelectedSnapshot> sound(String stream, Row row) {
    try {
      return Optional.of(
          records.fromStored(stream, key(stream, row), Columns.bytes(row, "snapshot")));
    } catch (DamagedRecordException e) {
      LOG.error("{} An older one, or all events, are read instead.", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    BoundStatement statement =
        put.bind(
            metadata.persistenceId(),
            metadata.sequenceNr(),
            ByteBuffer.wrap(records.toStored(metadata, snapshot)));
    return FutureConverters.asScala(session.execute(statement).thenAccept(done -> {}));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long timestamp = metadata.timestamp();
    return delete(
        metadata.persistenceId(),
        metadata.sequenceNr(),
        metadata.sequenceNr(),
        found -> timestamp == 0 || found == timestamp);
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return delete(
        persistenceId,
        criteria.minSequenceNr(),
        criteria.maxSequenceNr(),
        found -> criteria.minTimestamp() <= found && found <= criteria.maxTimestamp());
  }

  private Future<Void> delete(String stream, long first, long last, LongPredicate timestamps) {
    List<BoundStatement> deletions = new ArrayList<>();
    return FutureConverters.asScala(
        session
            .forEach(
                get.bind(stream, first, last).setPageSize(1),
                row -> {
                  if (timestamps.test(timestamp(stream, row))) {
                    deletions.add(delete.bind(stream, row.getLong("sequence_nr")));
                  }
                  return true;
                })
            .thenCompose(read -> session.executeAll(deletions)));
  }

  private static long timestamp(String stream, Row row) {
    return SnapshotRecords.timestamp(stream, key(stream, row), Columns.bytes(row, "snapshot"));
  }

  private static byte[] key(String stream, Row row) {
    return SnapshotRecords.key(stream, row.getLong("sequence_nr"));
  }
}
