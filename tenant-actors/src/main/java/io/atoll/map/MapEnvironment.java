package io.atoll.map;

import io.atoll.time.TimeSource;

/** What every map of a node needs from outside. */
public record MapEnvironment(
    MapSettings settings,
    TimeSource time,
    PageStore pageStore,
    PageCache pageCache,
    History history) {}
