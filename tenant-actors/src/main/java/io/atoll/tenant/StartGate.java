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

  /**
   * Whether the command has to wait for the start. A stop waits too, behind what came before it.
   */
  static boolean holds(TenantCommand.Public command) {
    return switch (command) {
      case TenantCommand.Operate operate -> true;
      case TenantCommand.Managed managed -> true;
      case TenantCommand.Watch watch -> true;
      case TenantCommand.ReadUsage read -> true;
      case TenantCommand.ReadStats read -> true;
      case TenantCommand.ReadRate read -> true;
      case TenantCommand.SampleStats sample -> false;
      case TenantCommand.VerifyKey verify -> false;
      case TenantCommand.OpenSession open -> false;
      case TenantCommand.CloseSession close -> false;
      case TenantCommand.PlansChanged changed -> false;
      case TenantCommand.Arrive arrive -> false;
      case TenantCommand.Depart depart -> true;
      case TenantCommand.Stop stop -> true;
    };
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

  /** Whether nothing waits any more. */
  boolean isReady() {
    return phase == Phase.READY;
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
  void failed() {
    core.context().getLog().error("tenant {} cannot start and tries again", core.tenantId());
    unavailable();
    core.later(new TenantSignal.StartAgain(), core.settings().retryAfterFailure());
  }
}
