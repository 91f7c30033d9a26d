package io.atoll.ledger;

import io.atoll.map.MapJournal;
import io.atoll.map.StoreState;
import io.atoll.time.TimeSource;
import io.atoll.usage.UsageTable;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every ledger of a node needs from outside.
 *
 * @param journal where the streams of maps are read; empty for the actor system's read journal
 * @param store how the store stands
 */
public record LedgerEnvironment(
    LedgerSettings settings,
    UsageTable table,
    TimeSource time,
    Optional<MapJournal> journal,
    Supplier<StoreState> store) {

  /** Over a store that answers. */
  public LedgerEnvironment(
      LedgerSettings settings, UsageTable table, TimeSource time, Optional<MapJournal> journal) {
    this(settings, table, time, journal, () -> StoreState.UP);
  }
}
