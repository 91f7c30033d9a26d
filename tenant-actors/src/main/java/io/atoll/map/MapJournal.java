package io.atoll.map;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the streams of maps, for a store that does so with less between map and disk than a journal
 * plugin has. What it writes can be read back by the journal plugin of the same store, and the
 * other way round. Thread-safe.
 */
public interface MapJournal {
  /**
   * Appends the stream's next event; completes when it is durable, maybe on the store's own thread,
   * where nothing slow may be done. Fails, and writes nothing, when the number is not the stream's
   * next one.
   */
  CompletionStage<Void> append(String stream, long sequenceNr, MapEvent event);

  /** Stores the state after this event, and deletes all but the newest of those stored before. */
  CompletionStage<Void> save(String stream, long sequenceNr, MapSnapshot snapshot);

  /**
   * Reads the newest sound snapshot, if there is one, then the events after it in their order.
   * Waits for what was appended before. Fails when an event is missing or damaged.
   */
  CompletionStage<Void> recover(String stream, Replay replay);

  /**
   * Reads the events of some streams after a number each, stream by stream and in their order.
   * Waits for what was appended before. Fails when an event is missing or damaged.
   */
  CompletionStage<Void> readAfter(Map<String, Long> sequenceNrs, Reader reader);

  /** Is told the events of streams, on one thread after the other. */
  @FunctionalInterface
  interface Reader {
    void event(String stream, long sequenceNr, MapEvent event);
  }

  /** Is told what a stream holds, on one thread after the other. */
  interface Replay {
    void snapshot(MapSnapshot snapshot);

    void event(MapEvent event);
  }
}
