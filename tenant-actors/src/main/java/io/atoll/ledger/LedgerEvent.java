package io.atoll.ledger;

import io.atoll.usage.UsageBucket;
import java.util.List;

/** What a ledger's stream holds. */
public sealed interface LedgerEvent {
  /**
   * The minutes now have these values and the maps are metered so far. Minutes up to {@code
   * closedThrough} are shipped and take nothing more.
   */
  record MinutesMetered(List<UsageBucket> minutes, List<Watermark> watermarks, long closedThrough)
      implements LedgerEvent {
    public MinutesMetered {
      minutes = List.copyOf(minutes);
      watermarks = List.copyOf(watermarks);
    }
  }
}
