package io.atoll.tenant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A collection of what the maps in memory have metered, for those who wait for fresh figures. */
final class UsageRound {
  private final Set<String> awaited = new HashSet<>();
  private final List<Runnable> waiting = new ArrayList<>();

  /** Waits for these maps, and then runs this. */
  void join(Set<String> maps, Runnable whenComplete) {
    awaited.addAll(maps);
    waiting.add(whenComplete);
  }

  /** Takes note that the map has reported, or ended; the last one ends the round. */
  void done(String map) {
    if (awaited.remove(map) && awaited.isEmpty()) {
      finish();
    }
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Whether nobody is waited for. */
  boolean isComplete() {
    return awaited.isEmpty();
  }

  /** Ends the round with what there is. */
  void finish() {
    awaited.clear();
    List<Runnable> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(Runnable::run);
  }
}
