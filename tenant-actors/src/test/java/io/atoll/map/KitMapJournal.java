package io.atoll.map;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/**
 * Streams of maps in the journal in memory, written by one thread as a store would. Everything goes
 * through its stored form. Thread-safe.
 */
public final class KitMapJournal implements MapJournal {
  private static final MapSerializer SERIALIZER = new MapSerializer();

  private final PersistenceTestKit journal;
  private final Executor committer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private final Map<String, TreeMap<Long, byte[]>> snapshots = new ConcurrentHashMap<>();
  private volatile boolean failing;

  public KitMapJournal(PersistenceTestKit journal) {
    this.journal = journal;
  }

  /** From now on every write fails. */
  void fail() {
    failing = true;
  }

  /** The numbers of the stream's snapshots. */
  List<Long> snapshots(String stream) {
    TreeMap<Long, byte[]> stored = snapshots.getOrDefault(stream, new TreeMap<>());
    synchronized (stored) {
      return List.copyOf(stored.keySet());
    }
  }

  @Override
  public CompletionStage<Void> append(String stream, long sequenceNr, MapEvent event) {
    byte[] stored = SERIALIZER.toBinary(event);
    String manifest = SERIALIZER.manifest(event);
    return CompletableFuture.runAsync(
        () -> {
          long next = journal.persistedInStorage(stream).size() + 1L;
          if (failing || sequenceNr != next) {
            throw new IllegalStateException("event " + sequenceNr + " where " + next + " is next");
          }
          journal.persistForRecovery(stream, List.of(SERIALIZER.fromBinary(stored, manifest)));
        },
        committer);
  }

  @Override
  public CompletionStage<Void> save(String stream, long sequenceNr, MapSnapshot snapshot) {
    byte[] stored = SERIALIZER.toBinary(snapshot);
    return CompletableFuture.runAsync(() -> put(stream, sequenceNr, stored), committer);
  }

  private void put(String stream, long sequenceNr, byte[] stored) {
    TreeMap<Long, byte[]> kept = snapshots.computeIfAbsent(stream, _ -> new TreeMap<>());
    synchronized (kept) {
      kept.put(sequenceNr, stored);
      while (kept.size() > 2) {
        kept.pollFirstEntry();
      }
    }
  }

  @Override
  public CompletionStage<Void> recover(String stream, Replay replay) {
    return CompletableFuture.runAsync(() -> read(stream, replay), committer);
  }

  @Override
  public CompletionStage<Void> readAfter(Map<String, Long> sequenceNrs, Reader reader) {
    return CompletableFuture.runAsync(
        () -> sequenceNrs.forEach((stream, number) -> read(stream, number, reader)), committer);
  }

  private void read(String stream, long after, Reader reader) {
    List<Object> events = journal.persistedInStorage(stream);
    for (int i = (int) after; i < events.size(); i++) {
      reader.event(stream, i + 1L, (MapEvent) events.get(i));
    }
  }

  private void read(String stream, Replay replay) {
    List<Object> events = journal.persistedInStorage(stream);
    long from = 0;
    Map.Entry<Long, byte[]> newest = snapshots.getOrDefault(stream, new TreeMap<>()).lastEntry();
    if (newest != null) {
      from = newest.getKey();
      replay.snapshot((MapSnapshot) SERIALIZER.fromBinary(newest.getValue(), "map-state-1"));
    }
    for (Object event : events.subList((int) from, events.size())) {
      replay.event((MapEvent) event);
    }
  }
}
