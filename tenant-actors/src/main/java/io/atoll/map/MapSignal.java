package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a map's own parts tell it. */
sealed interface MapSignal extends MapCommand {
  /** The stream was recovered; its last events, if any, are not metered yet. */
  record Recovered(MapState state, List<MapEvent> unmetered) implements MapSignal {}

  /** The event that was handed to the stream is durable. */
  record Persisted(MapState state) implements MapSignal {}

  /** The stream cannot be read or written; {@code failure} is null when it was told elsewhere. */
  record StreamFailed(@Nullable Throwable failure) implements MapSignal {}

  /** A snapshot up to this ordinal is durable. */
  record SnapshotSaved(long ordinal) implements MapSignal {}

  /** A page was read, or could not be. */
  record PageLoaded(PageReference reference, @Nullable Page page, @Nullable Throwable failure)
      implements MapSignal {}

  /** A checkpoint's pages are written, or could not be. */
  record Folded(Fold.@Nullable Result result, @Nullable Throwable failure) implements MapSignal {}

  /** An entry may have come to its expiry. */
  record ExpiryDue() implements MapSignal {}

  /** It is time to see whether the store answers again. */
  record StoreDue() implements MapSignal {}

  /** Time has passed. */
  record Tick() implements MapSignal {}
}
