package io.atoll.ledger;

import io.atoll.usage.UsageBucket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which minutes the usage table may not have yet. A minute that changes while it is being shipped
 * is shipped again. Used by one ledger only.
 */
final class Shipping {
  private final LedgerSettings settings;
  private final TreeSet<Long> waiting = new TreeSet<>();
  private final Set<Long> underWay = new HashSet<>();
  private Duration pause;

  Shipping(LedgerSettings settings) {
    this.settings = settings;
    this.pause = settings.shipRetryMin();
  }

  void add(Collection<Long> minutes) {
    waiting.addAll(minutes);
  }

  boolean isUnderWay() {
    return !underWay.isEmpty();
  }

  boolean isDone() {
    return waiting.isEmpty() && underWay.isEmpty();
  }

  /** Starts to ship all that waits: the buckets as the state has them. */
  List<UsageBucket> start(LedgerState state) {
    underWay.addAll(waiting);
    waiting.clear();
    return underWay.stream().sorted().map(state.minutes()::get).filter(Objects::nonNull).toList();
  }

  void succeeded() {
    underWay.clear();
    pause = settings.shipRetryMin();
  }

  /** All that was under way waits again; returns the pause before the next try. */
  Duration failed() {
    waiting.addAll(underWay);
    underWay.clear();
    Duration now = pause;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(settings.shipRetryMax()) < 0 ? doubled : settings.shipRetryMax();
    return now;
  }

  /** The first minute that the table may not have; the largest number when it has all. */
  long firstUnshipped() {
    long first = waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst();
    for (long minute : underWay) {
      first = Math.min(first, minute);
    }
    return first;
  }
}
