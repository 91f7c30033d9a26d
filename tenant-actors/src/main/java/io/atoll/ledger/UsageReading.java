package io.atoll.ledger;

import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import java.util.List;
import java.util.TreeMap;

/**
 * The whole periods that a reading of usage touches: from the epoch minute {@code first} until just
 * before {@code end}.
 */
record UsageReading(Period period, long first, long end) {
  private static final long MINUTE_MS = 60_000;

  static UsageReading of(LedgerCommand.Read read) {
    Period period = read.period();
    long first = period.start(Math.floorDiv(read.from(), MINUTE_MS));
    long last = period.start(Math.floorDiv(read.to() - 1, MINUTE_MS));
    return new UsageReading(period, first, last + period.minutes());
  }

  /** Whether no period is touched: the end lies before the beginning. */
  boolean isEmpty() {
    return first >= end;
  }

  /** The stored minutes with those that the ledger knows better, summed to the period. */
  List<UsageBucket> merged(LedgerState state, List<UsageBucket> stored) {
    TreeMap<Long, UsageBucket> minutes = new TreeMap<>();
    stored.forEach(bucket -> minutes.put(bucket.minute(), bucket));
    if (!isEmpty()) {
      minutes.putAll(state.minutes().subMap(first, true, end, false));
    }
    return period.sum(List.copyOf(minutes.values()));
  }
}
