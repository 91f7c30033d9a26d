package io.atoll.tenant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nothing of a purged tenant stays in its own stream: once a snapshot of its
 * absence is taken, all that was before goes.
 */
final class Oblivion {
  private static final Logger log = LoggerFactory.getLogger(Oblivion.class);

  private final TenantCore core;
  private boolean recovered;
  private boolean replayed;

  Oblivion(TenantCore core) {
    this.core = core;
  }

  /** An event was applied, live or on replay. */
  void applied() {
    replayed = replayed || !recovered;
  }

  /** Returns whether the purge has to be written down again, because no snapshot followed it. */
  boolean recovered(TenantState state) {
    recovered = true;
    return replayed && state instanceof TenantState.Absent && state.incarnation() > 1;
  }

  /** A snapshot of this state is taken, with this number. */
  void snapshotTaken(TenantState state, String persistenceId, long sequenceNr) {
    if (!(state instanceof TenantState.Absent)) {
      return;
    }
    core.environment()
        .history()
        .trim(persistenceId, sequenceNr)
        .whenComplete((done, failure) -> {
          if (failure != null) {
            log.warn("old events of {} are still there", persistenceId, failure);
          }
        });
  }
}
