package io.atoll.tenant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A collection of what the maps in memory have metered, for those who wait for fresh figures. */
final class UsageRound {
  private Set<String> awaited = Set.of();
  private List<Runnable> waiting = List.of();

  /** Waits for these maps, and then runs this. */
  void join(Set<String> maps, Runnable whenComplete) {
    if (waiting.isEmpty()) {
      awaited = new HashSet<>();
      waiting = new ArrayList<>(1);
    }
    awaited.addAll(maps);
    waiting.add(whenComplete);
  }

  /** Takes note that the map has reported, or ended; the last one ends the round. */
  void done(String map) {
    if (!awaited.isEmpty() && awaited.remove(map) && awaited.isEmpty()) {
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
    List<Runnable> all = waiting;
    awaited = Set.of();
    waiting = List.of();
    all.forEach(Runnable::run);
  }
}
