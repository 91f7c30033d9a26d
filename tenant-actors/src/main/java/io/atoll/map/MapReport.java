package io.atoll.map;

import io.atoll.usage.UsageBucket;
import java.util.List;

/** What a map tells its tenant. */
public sealed interface MapReport {
  String map();

  /**
   * Nothing is under way and nobody watches; {@code received} counts the tenant's commands so far.
   */
  record Idle(String map, long received) implements MapReport {}

  /** A cap has refused a growth of this map. */
  record CapReached(String map) implements MapReport {}

  /** All entries are gone and that is durable. */
  record Cleared(String map, long generation) implements MapReport {}

  /**
   * What was metered since the last report, and the map's size. The figures of all events up to
   * {@code sequenceNr} of the stream are in this report or in one before it.
   */
  record Metered(String map, long sequenceNr, List<UsageBucket> minutes, long entries, long bytes)
      implements MapReport {}

  /** The map's stream cannot be read or written now: it refuses everything until it is stopped. */
  record Failed(String map, String reason) implements MapReport {}
}
