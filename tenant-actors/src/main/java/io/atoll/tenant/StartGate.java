package io.atoll.tenant;

/**
 * Says whether commands are served, wait, or are refused while the tenant's ledger finds out what
 * its maps hold. No operation is admitted before that is known.
 */
final class StartGate {
  private final TenantCore core;
  private Phase phase = Phase.STARTING;
  private int waiting;

  /** What to do with a command. */
  enum Phase {
    STARTING,
    READY,
    UNAVAILABLE
  }

  StartGate(TenantCore core) {
    this.core = core;
  }

  /** The start has begun: commands wait for so long. */
  void starting() {
    phase = Phase.STARTING;
    core.later(new TenantSignal.StartOver(), core.settings().startTimeout());
  }

  /** What is to be done with a command that comes now. */
  Phase next() {
    if (phase != Phase.STARTING) {
      return phase;
    }
    waiting++;
    return waiting <= core.settings().maxWaiting() ? Phase.STARTING : Phase.UNAVAILABLE;
  }

  /** What waits is served. */
  void ready() {
    phase = Phase.READY;
    waiting = 0;
  }

  /** What waits is refused, until the tenant is ready after all. */
  void unavailable() {
    if (phase == Phase.STARTING) {
      phase = Phase.UNAVAILABLE;
      waiting = 0;
    }
  }

  /** The start has failed: what waits is refused, and it is tried again. */
  void failed(String reason) {
    core.context().getLog().error("tenant {} cannot start: {}", core.tenantId(), reason);
    unavailable();
    core.later(new TenantSignal.StartAgain(), core.settings().retryAfterFailure());
  }
}
