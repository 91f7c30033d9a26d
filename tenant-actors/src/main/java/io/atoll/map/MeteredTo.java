package io.atoll.map;

/**
 * Up to where a map's stream is metered: its events up to {@code sequenceNr}, after which the map
 * held so many live entries and bytes of keys and values.
 */
public record MeteredTo(long sequenceNr, long entries, long bytes) {
  /** Nothing of the stream is metered. */
  public static final MeteredTo NOTHING = new MeteredTo(0, 0, 0);

  /** Whether the last event of this state is not metered yet. */
  boolean isBefore(MapState state) {
    return state.ordinal() > sequenceNr;
  }
}
