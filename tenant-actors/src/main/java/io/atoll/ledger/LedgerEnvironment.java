package io.atoll.ledger;

import io.atoll.map.MapJournal;
import io.atoll.time.TimeSource;
import io.atoll.usage.UsageTable;
import java.util.Optional;

/**
 * What every ledger of a node needs from outside.
 *
 * @param journal where the streams of maps are read; empty for the actor system's read journal
 */
public record LedgerEnvironment(
    LedgerSettings settings, UsageTable table, TimeSource time, Optional<MapJournal> journal) {}
