package io.atoll.map;

import io.atoll.usage.UsageBucket;
import java.util.List;

/**
 * Sums what a stretch of a map's stream meters, for a ledger that missed it: fed with every event
 * after the ledger's watermark, it gives what the map itself would have reported. Not thread-safe.
 */
public final class MeteredEvents {
  private final MapMeter meter = new MapMeter();
  private long entries;
  private long bytes;
  private long sequenceNr;

  /** Starts behind what is metered. */
  public MeteredEvents(MeteredTo metered) {
    this.sequenceNr = metered.sequenceNr();
    this.entries = metered.entries();
    this.bytes = metered.bytes();
  }

  /** Counts the stream's next event. */
  public void add(long eventSequenceNr, MapEvent event) {
    meter.event(event);
    sequenceNr = eventSequenceNr;
    entries = event.entries();
    bytes = event.bytes();
  }

  /** What a report of the map would say. */
  public MapReport.Metered report(String map) {
    List<UsageBucket> minutes = meter.drain();
    return new MapReport.Metered(map, sequenceNr, minutes, entries, bytes);
  }
}
