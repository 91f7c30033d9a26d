package io.atoll.ledger;

import io.atoll.map.MapReport;
import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tenant tells its ledger. */
public sealed interface LedgerCommand {
  /** Counts since the last ones; {@code watermark} says how far its map is metered with them. */
  record Fold(List<UsageBucket> minutes, @Nullable Watermark watermark) implements LedgerCommand {
    public Fold {
      minutes = List.copyOf(minutes);
    }
  }

  /** Writes down what was folded. */
  record Flush() implements LedgerCommand {}

  /** Reads usage from {@code from} to {@code to}, epoch millis: {@link LedgerReport.UsageRead}. */
  record Read(long correlation, Period period, long from, long to) implements LedgerCommand {}

  /** Writes down what was folded, ships it if it can, and stops. */
  record Stop() implements LedgerCommand {}

  /** What the ledger's own parts tell it. */
  sealed interface Signal extends LedgerCommand {}

  /** The streams were read up to their ends. */
  record CaughtUp(List<MapReport.Metered> streams) implements Signal {}

  /** A stream could not be read. */
  record CatchUpFailed(String reason) implements Signal {}

  /** The minutes that were being shipped are in the table. */
  record Shipped() implements Signal {}

  /** The minutes that were being shipped may not be in the table. */
  record ShipFailed(String reason) implements Signal {}

  /** It is time to try shipping again. */
  record ShipAgain() implements Signal {}

  /** The table's answer to a read; null when it gave none. */
  record TableRead(Read read, @Nullable List<UsageBucket> stored) implements Signal {}
}
