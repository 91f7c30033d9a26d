package io.atoll.map;

import io.atoll.time.TimeSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every map of a node needs from outside.
 *
 * @param journal where the streams of maps are written; empty for the actor system's journal plugin
 * @param store how the store stands; asked often, from any thread
 */
public record MapEnvironment(
    MapSettings settings,
    TimeSource time,
    PageStore pageStore,
    PageCache pageCache,
    History history,
    Optional<MapJournal> journal,
    Supplier<StoreState> store) {

  /** With the streams in the actor system's journal plugin. */
  public MapEnvironment(
      MapSettings settings,
      TimeSource time,
      PageStore pageStore,
      PageCache pageCache,
      History history) {
    this(settings, time, pageStore, pageCache, history, Optional.empty(), () -> StoreState.UP);
  }
}
