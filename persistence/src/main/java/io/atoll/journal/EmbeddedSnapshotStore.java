package io.atoll.journal;

import io.atoll.store.DamagedRecordException;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.StoreExtension;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.rocksdb.RocksDBException;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** The Pekko snapshot plugin over the embedded store; plugin id {@code atoll.snapshot-store}. */
public final class EmbeddedSnapshotStore extends SnapshotStore {
  private final EmbeddedStore store = StoreExtension.of(context().system());
  private final SnapshotRecords records =
      new SnapshotRecords((ExtendedActorSystem) context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(store.read(new LoadSnapshot(records, persistenceId, criteria)));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    byte[] key = SnapshotRecords.key(metadata.persistenceId(), metadata.sequenceNr());
    byte[] stored = records.toStored(metadata, snapshot);
    return FutureConverters.asScala(store.commit(new PutRow(Table.SNAPSHOTS, key, stored)));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long timestamp = metadata.timestamp();
    return delete(
        metadata.persistenceId(),
        number -> number == metadata.sequenceNr(),
        found -> timestamp == 0 || found == timestamp);
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return delete(
        persistenceId,
        number -> criteria.minSequenceNr() <= number && number <= criteria.maxSequenceNr(),
        found -> criteria.minTimestamp() <= found && found <= criteria.maxTimestamp());
  }

  private Future<Void> delete(String stream, LongPredicate numbers, LongPredicate timestamps) {
    return FutureConverters.asScala(
        store
            .read(reader -> matching(reader, stream, numbers, timestamps))
            .thenCompose(keys -> store.commit(new DeleteSnapshots(keys))));
  }

  private static List<byte[]> matching(
      StoreReader reader, String stream, LongPredicate numbers, LongPredicate timestamps)
      throws RocksDBException {
    List<byte[]> matching = new ArrayList<>();
    for (byte[] key : reader.keys(Table.SNAPSHOTS, Keys.of(stream))) {
      if (numbers.test(Keys.number(key)) && matches(reader, stream, key, timestamps)) {
        matching.add(key);
      }
    }
    return matching;
  }

  /** A damaged snapshot has no timestamp to go by: it is deleted with the others. */
  private static boolean matches(
      StoreReader reader, String stream, byte[] key, LongPredicate timestamps)
      throws RocksDBException {
    try {
      byte[] stored = reader.get(Table.SNAPSHOTS, key);
      return stored != null && timestamps.test(SnapshotRecords.timestamp(stream, key, stored));
    } catch (DamagedRecordException e) {
      return true;
    }
  }
}
