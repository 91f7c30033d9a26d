package io.atoll.ledger;

import io.atoll.time.TimeSource;
import io.atoll.usage.UsageTable;

/** What every ledger of a node needs from outside. */
public record LedgerEnvironment(LedgerSettings settings, UsageTable table, TimeSource time) {}
