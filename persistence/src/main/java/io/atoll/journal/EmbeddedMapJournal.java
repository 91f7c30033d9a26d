package io.atoll.journal;

import io.atoll.map.MapEvent;
import io.atoll.map.MapJournal;
import io.atoll.map.MapSerializer;
import io.atoll.map.MapSnapshot;
import io.atoll.store.Change;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.StoreReader;
import io.atoll.store.Table;
import io.atoll.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.rocksdb.RocksDBException;

/**
 * The streams of maps in the embedded store, in the same form as {@link EmbeddedJournal} and {@link
 * EmbeddedSnapshotStore} keep them, without an actor between map and group commit.
 */
public final class EmbeddedMapJournal implements MapJournal {
  /** A store that takes nothing for so many pauses is down. */
  private static final int BARRIERS = 20;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

  private final EmbeddedStore store;
  private final TimeSource time;
  private final EventRecords events;
  private final SnapshotRecords snapshots;
  private final MapSerializer serializer = new MapSerializer();

  /** A journal in this store; snapshots are stamped by this clock. */
  public EmbeddedMapJournal(ActorSystem<?> system, EmbeddedStore store, TimeSource time) {
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    this.store = store;
    this.time = time;
    this.events = new EventRecords(classic);
    this.snapshots = new SnapshotRecords(classic);
  }

  @Override
  public CompletionStage<Void> append(String stream, long sequenceNr, MapEvent event) {
    Payload payload =
        new Payload(
            MapSerializer.IDENTIFIER, serializer.manifest(event), serializer.toBinary(event));
    return store.commit(
        new AppendEvents(
            stream,
            sequenceNr,
            List.of(EventRecords.row(stream, sequenceNr, event.at(), payload))));
  }

  @Override
  public CompletionStage<Void> save(String stream, long sequenceNr, MapSnapshot snapshot) {
    SnapshotMetadata metadata = SnapshotMetadata.apply(stream, sequenceNr, time.epochMillis());
    byte[] stored = snapshots.toStored(metadata, snapshot);
    return store
        .read(reader -> reader.keys(Table.SNAPSHOTS, Keys.of(stream)))
        .thenCompose(before ->
            store.commit(new ReplaceSnapshots(stream, sequenceNr, stored, allButLast(before))));
  }

  @Override
  public CompletionStage<Void> recover(String stream, Replay replay) {
    return afterAll(BARRIERS)
        .thenCompose(_ -> store.read(new RecoverMap(snapshots, events, stream, replay)));
  }

  @Override
  public CompletionStage<Void> readAfter(Map<String, Long> sequenceNrs, Reader reader) {
    return afterAll(BARRIERS).thenCompose(_ -> store.read(view -> read(view, sequenceNrs, reader)));
  }

  /** Completes when all that was submitted before is over; asks a busy store again. */
  private CompletionStage<Void> afterAll(int tries) {
    CompletionStage<Void> barrier = store.commit(Change.barrier());
    return tries == 1
        ? barrier
        : barrier.exceptionallyCompose(
            _ -> CompletableFuture.supplyAsync(() -> tries - 1, LATER).thenCompose(this::afterAll));
  }

  private Void read(StoreReader view, Map<String, Long> sequenceNrs, Reader reader)
      throws RocksDBException {
    for (Map.Entry<String, Long> each : sequenceNrs.entrySet()) {
      String stream = each.getKey();
      new ReplayAll(
              events,
              stream,
              each.getValue(),
              event -> reader.event(stream, event.sequenceNr(), (MapEvent) event.payload()))
          .from(view);
    }
    return null;
  }

  private static List<byte[]> allButLast(List<byte[]> keys) {
    return keys.isEmpty() ? keys : keys.subList(0, keys.size() - 1);
  }
}
