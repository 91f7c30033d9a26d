package io.atoll.ledger;

import io.atoll.map.MapReport;
import io.atoll.map.MeteredTo;

/**
 * How far a map's stream is metered: its events up to {@code sequenceNr}, after which the map held
 * so many live entries and bytes.
 */
public record Watermark(String map, long sequenceNr, long entries, long bytes) {
  /** What the report says about the map. */
  public static Watermark of(MapReport.Metered report) {
    return new Watermark(report.map(), report.sequenceNr(), report.entries(), report.bytes());
  }

  /** The same without the map's name. */
  public MeteredTo meteredTo() {
    return new MeteredTo(sequenceNr, entries, bytes);
  }
}
