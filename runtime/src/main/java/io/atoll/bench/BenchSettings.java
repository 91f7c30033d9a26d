package io.atoll.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Everything that a run is told. */
record BenchSettings(Target target, Data data, Mix mix, Load load, Times times) {
  /** Whom to call, and with which credential. */
  record Target(URI url, String key, boolean http) {
    /** Whether the key is that of one tenant, which the run then calls alone. */
    boolean isTenantKey() {
      return key.startsWith("atl_live_") || key.startsWith("atl_test_");
    }
  }

  /**
   * What there is to call.
   *
   * @param zipf the exponent of the tenants' popularity, 0 for all alike
   */
  record Data(
      String prefix,
      int tenants,
      PlanMix plans,
      int maps,
      int keys,
      int valueBytes,
      double zipf,
      boolean preload,
      boolean keep) {
    long entries() {
      return (long) tenants * maps * keys;
    }
  }

  /** Shares of all operations in percent; scans are part of the reads. */
  record Mix(int readPercent, int scanPercent, int scanLimit) {}

  /** How calls are paced. */
  enum Pace {
    /** A caller calls again when it has its answer. */
    CLOSED,
    /** Calls are due at a rate, answered or not. */
    RATE,
    /** Users call once an interval, answered or not. */
    USERS
  }

  /**
   * How much is called.
   *
   * @param ramp callers, calls a second or users, over the time since the measurement began
   * @param depth calls that may be under way on one connection
   */
  record Load(Pace pace, Ramp ramp, int connections, int depth, int threads) {}

  /** How long; {@code timeout} is how long an answer is waited for at the end. */
  record Times(Duration warmUp, Duration duration, Duration timeout) {
    /** From the begin of the load to its end. */
    Duration whole() {
      return warmUp.plus(duration);
    }
  }

  /** The ramp over the time since the load began: the warm-up holds its first level. */
  Ramp ramp() {
    return times.warmUp().isZero() ? load.ramp() : load.ramp().after(times.warmUp());
  }

  /** How often a user of the plan calls. */
  Optional<Duration> interval(int plan) {
    return data.plans().shares().get(plan).interval();
  }
}
