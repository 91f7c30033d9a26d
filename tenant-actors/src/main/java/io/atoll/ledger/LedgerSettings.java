package io.atoll.ledger;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How usage ledgers work on this node; see {@code atoll.ledger} in {@code reference.conf}.
 *
 * @param flushDelay how long folded counts wait for more before they are written down
 * @param keptMinutes minutes that stay open for late counts
 * @param shipRetryMin the first pause after shipping has failed
 * @param shipRetryMax the longest pause between two tries to ship
 * @param stopTimeout how long a ledger that stops waits for the usage table
 * @param snapshotEvery events after which a snapshot is taken
 * @param streamsAtOnce streams of maps that are read at the same time at the start
 * @param readJournal the id of the read journal that holds the maps' streams
 */
public record LedgerSettings(
    Duration flushDelay,
    int keptMinutes,
    Duration shipRetryMin,
    Duration shipRetryMax,
    Duration stopTimeout,
    int snapshotEvery,
    int streamsAtOnce,
    String readJournal) {

  /** Reads {@code atoll.ledger}; fails with a {@code ConfigException} that names the wrong key. */
  public static LedgerSettings from(Config config) {
    Config ledger = config.getConfig("atoll.ledger");
    return new LedgerSettings(
        ledger.getDuration("flush-delay"),
        ledger.getInt("kept-minutes"),
        ledger.getDuration("ship-retry-min"),
        ledger.getDuration("ship-retry-max"),
        ledger.getDuration("stop-timeout"),
        ledger.getInt("snapshot-every"),
        ledger.getInt("streams-at-once"),
        ledger.getString("read-journal"));
  }
}
