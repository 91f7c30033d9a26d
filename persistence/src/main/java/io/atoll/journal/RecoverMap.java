package io.atoll.journal;

import io.atoll.map.MapEvent;
import io.atoll.map.MapJournal.Replay;
import io.atoll.map.MapSnapshot;
import io.atoll.store.Head;
import io.atoll.store.Read;
import io.atoll.store.StoreReader;
import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.rocksdb.RocksDBException;

/** Reads a map's stream in one view of the store: the newest sound snapshot, then what follows. */
record RecoverMap(SnapshotRecords snapshots, EventRecords events, String stream, Replay replay)
    implements Read<Void> {
  @Override
  public Void from(StoreReader reader) throws RocksDBException {
    Optional<SelectedSnapshot> found =
        new LoadSnapshot(snapshots, stream, SnapshotSelectionCriteria.latest()).from(reader);
    found.ifPresent(it -> replay.snapshot((MapSnapshot) it.snapshot()));
    long last = found.map(it -> it.metadata().sequenceNr()).orElse(0L);
    Head head =
        new ReplayAll(events, stream, last, event -> replay.event((MapEvent) event.payload()))
            .from(reader);
    reader.hasSeen(stream, head);
    return null;
  }
}
