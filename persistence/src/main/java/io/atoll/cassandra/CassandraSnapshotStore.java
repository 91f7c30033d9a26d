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
  private final StreamHeads heads = new StreamHeads(session);
  private final SnapshotRecords records =
      new SnapshotRecords((ExtendedActorSystem) context().system());
  private final PreparedStatement put =
      session.prepare("INSERT INTO snapshots (stream, sequence_nr, snapshot) VALUES (?, ?, ?)");
  private final PreparedStatement get = session.prepare("SELECT sequence_nr, snapshot" + RANGE);
  private final PreparedStatement delete =
      session.prepare("DELETE FROM snapshots WHERE stream = ? AND sequence_nr = ?");

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        heads.head(persistenceId).thenCompose(head -> load(persistenceId, criteria, head)));
  }

  /** A snapshot of before an erasure was saved too late: nothing of it may come back. */
  private CompletionStage<Optional<SelectedSnapshot>> load(
      String stream, SnapshotSelectionCriteria criteria, StreamHeads.Head head) {
    List<SelectedSnapshot> found = new ArrayList<>();
    long first = Math.max(criteria.minSequenceNr(), head.emptyAt() + 1);
    return session
        .forEach(
            get.bind(stream, first, criteria.maxSequenceNr()).setPageSize(1),
            row -> {
              sound(stream, row)
                  .filter(it -> criteria.matches(it.metadata()))
                  .ifPresent(found::add);
              return found.isEmpty();
            })
        .thenApply(done -> {
          long number = found.isEmpty() ? 0 : found.getFirst().metadata().sequenceNr();
          if (head.lacks(number)) {
            throw new DamagedRecordException(
                "Stream %s is damaged: its events up to %d are deleted, and no sound snapshot has them."
                    .formatted(stream, head.deletedTo()));
          }
          return found.stream().findFirst();
        });
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
