package io.atoll.ledger;

import io.atoll.usage.UsageBucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a ledger tells its tenant. */
public sealed interface LedgerReport {
  /** All streams are metered to their ends; the maps hold this much. */
  record Ready(List<Watermark> maps) implements LedgerReport {}

  /** A stream cannot be read now; the ledger stops. */
  record Failed(String reason) implements LedgerReport {}

  /** The ledger holds what these streams used up to these sequence numbers. */
  record Recorded(List<Watermark> watermarks) implements LedgerReport {}

  /** All that the first so many folds brought is written down and shipped. */
  record Settled(long folds) implements LedgerReport {}

  /** Usage in order of time; null when the table could not be read. */
  record UsageRead(long correlation, @Nullable List<UsageBucket> buckets) implements LedgerReport {}
}
