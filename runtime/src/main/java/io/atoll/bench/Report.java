package io.atoll.bench;

import java.time.Duration;
import java.util.List;

/**
 * What a run has come to.
 *
 * @param measured how long calls were measured: shorter than planned when the run was stopped
 */
record Report(
    BenchSettings settings,
    Population population,
    Tallies tallies,
    Duration measured,
    List<Interval> timeline) {

  /** Calls served in a second. */
  double perSecond(long count) {
    return measured.isZero() ? 0 : count / (measured.toNanos() / 1e9);
  }

  /** Whether all calls were served or refused by a quota, and there were any. */
  boolean isGood() {
    Tally all = tallies.all();
    return all.failed() == 0 && all.served() + all.limited() > 0;
  }
}
