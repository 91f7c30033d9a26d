package io.atoll.tenant;

/**
 * A name under which the tenant has, or had, a map. The stream of a name is one for ever; each drop
 * starts a new generation in it. {@code clearing} holds until the map has said that the entries of
 * the earlier generation are gone.
 */
record MapSlot(long generation, boolean live, boolean clearing) {
  static final MapSlot NEW = new MapSlot(0, true, false);

  MapSlot created() {
    return new MapSlot(generation, true, clearing);
  }

  MapSlot dropped(long newGeneration) {
    return new MapSlot(newGeneration, false, true);
  }

  MapSlot cleared(long clearedGeneration) {
    return clearedGeneration >= generation ? new MapSlot(generation, live, false) : this;
  }
}
