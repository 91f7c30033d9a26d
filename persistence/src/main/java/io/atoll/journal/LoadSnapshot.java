package io.atoll.journal;

import io.atoll.store.DamagedRecordException;
import io.atoll.store.Head;
import io.atoll.store.Keys;
import io.atoll.store.Read;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the newest snapshot that matches and is sound; a damaged one is logged and passed over, for
 * an older one with more events, or all events, gives the same state. It fails when the events that
 * would be needed then are deleted.
 */
record LoadSnapshot(SnapshotRecords records, String stream, SnapshotSelectionCriteria criteria)
    implements Read<Optional<SelectedSnapshot>> {
  private static final Logger LOG = LoggerFactory.getLogger(LoadSnapshot.class);

  @Override
  public Optional<SelectedSnapshot> from(StoreReader reader) throws RocksDBException {
    List<byte[]> keys = reader.keys(Table.SNAPSHOTS, Keys.of(stream));
    Optional<SelectedSnapshot> found = Optional.empty();
    for (byte[] key : keys.reversed()) {
      found = sound(reader, key).filter(snapshot -> criteria.matches(snapshot.metadata()));
      if (found.isPresent()) {
        break;
      }
    }
    requireEvents(reader.trimmed(stream), found.map(it -> it.metadata().sequenceNr()).orElse(0L));
    return found;
  }

  private Optional<SelectedSnapshot> sound(StoreReader reader, byte[] key) throws RocksDBException {
    try {
      byte[] stored = reader.get(Table.SNAPSHOTS, key);
      return stored == null
          ? Optional.empty()
          : Optional.of(records.fromStored(stream, key, stored));
    } catch (DamagedRecordException e) {
      LOG.error("{} An older one, or all events, are read instead.", e.getMessage());
      return Optional.empty();
    }
  }

  private void requireEvents(Head head, long snapshot) {
    if (head.needsSnapshot() && snapshot < head.deletedTo()) {
      throw new DamagedRecordException(
          "Stream %s is damaged: its events up to %d are deleted, and no sound snapshot has them."
              .formatted(stream, head.deletedTo()));
    }
  }
}
