package io.atoll.tenant;

import java.time.Duration;

/** Finds out when nobody has asked for anything for a while. */
final class Idleness {
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);

  private final TenantCore core;

  Idleness(TenantCore core) {
    this.core = core;
  }

  /** A command has come; what the node wants to know for itself is no use of the tenant. */
  void commandCame(TenantCommand.Public command) {
    switch (command) {
      case TenantCommand.SampleStats sample -> {}
      case TenantCommand.PlansChanged changed -> {}
      case TenantCommand.Arrive arrive -> {}
      case TenantCommand.Depart depart -> {}
      case TenantCommand.EndMigration end -> {}
      case TenantCommand.Operate operate -> used();
      case TenantCommand.Managed managed -> used();
      case TenantCommand.Unpersisted asked -> used();
      case TenantCommand.Stop stop -> used();
    }
  }

  private void used() {
    core.lastUse().setRelease(core.nanos());
  }

  /** Whether nobody has asked for this long. */
  boolean isQuietFor(Duration period) {
    return core.nanos() - core.lastUse().getPlain() >= period.toNanos();
  }

  /** Whether nobody has asked for this long; looks again later in any case. */
  boolean isOver(Duration period) {
    Duration left = period.minusNanos(core.nanos() - core.lastUse().getPlain());
    boolean over = left.isNegative() || left.isZero();
    Duration next = over ? period : left;
    core.later(new TenantSignal.Idle(), next.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : next);
    return over;
  }
}
