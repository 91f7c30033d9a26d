package io.atoll.tenant;

import java.time.Duration;

/** Finds out when nobody has asked for anything for a while. */
final class Idleness {
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);

  private final TenantCore core;
  private long lastCommandNanos;

  Idleness(TenantCore core) {
    this.core = core;
    this.lastCommandNanos = core.nanos();
  }

  void commandCame() {
    lastCommandNanos = core.nanos();
  }

  /** Whether nobody has asked for this long; looks again later in any case. */
  boolean isOver(Duration period) {
    Duration left = period.minusNanos(core.nanos() - lastCommandNanos);
    boolean over = left.isNegative() || left.isZero();
    Duration next = over ? period : left;
    core.later(new TenantSignal.Idle(), next.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : next);
    return over;
  }
}
