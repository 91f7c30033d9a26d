package io.atoll.map;

/** What a map's snapshot holds: its manifest and the changes that are in no page yet. Immutable. */
public sealed interface MapSnapshot permits MapState {}
