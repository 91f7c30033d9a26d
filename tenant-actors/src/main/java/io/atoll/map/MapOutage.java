package io.atoll.map;

import java.time.Duration;

/**
 * What a map does while its store does not answer: it refuses what would have to be written and
 * reads on from memory. A map whose last write may or may not have happened writes no more at all,
 * even when the store answers again: then it has to start again. Used by the map's actor only.
 */
final class MapOutage {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final MapCore core;
  private boolean inDoubt;

  MapOutage(MapCore core) {
    this.core = core;
  }

  /** Whether a store that answers is not the cause of a failure. */
  boolean isOn() {
    return state().isDown();
  }

  boolean refusesWrites() {
    return inDoubt || isOn();
  }

  boolean refuses(Operation.OnMap operation) {
    return operation instanceof Operation.Write ? refusesWrites() : state() == StoreState.LOST;
  }

  /** The last write may or may not have happened. */
  void doubt() {
    inDoubt = true;
    look();
  }

  /** Whether it is not known what the map holds. */
  boolean isInDoubt() {
    return inDoubt;
  }

  /** Whether the map has to start again to know what it holds; looks again if it cannot yet. */
  boolean mustStartAgain() {
    boolean on = isOn();
    if (inDoubt && on) {
      look();
    }
    return inDoubt && !on;
  }

  private void look() {
    core.context.scheduleOnce(LOOK, core.context.getSelf(), new MapSignal.StoreDue());
  }

  private StoreState state() {
    return core.environment.store().get();
  }
}
