package io.atoll.map;

/**
 * The journal stream of one map. What becomes of it is told to the map: {@link MapSignal.Recovered}
 * once, {@link MapSignal.Persisted} after each event, {@link MapSignal.StreamFailed} at its end.
 * Used by the map's actor only.
 */
interface MapStream {
  /** Writes the next event; the one before must be durable. */
  void append(MapEvent event);

  /** Opens the stream of this map and starts to recover it. */
  static MapStream open(MapCore core) {
    return core.environment
        .journal()
        .<MapStream>map(journal -> JournalStream.open(core, journal))
        .orElseGet(() -> MapWriter.open(core));
  }
}
