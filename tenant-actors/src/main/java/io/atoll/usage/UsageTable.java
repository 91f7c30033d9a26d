package io.atoll.usage;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The read model of metered minutes, by tenant, incarnation and minute. Thread-safe. */
public interface UsageTable {
  /**
   * Stores these minutes with their absolute values: the same call again changes nothing. The
   * values of a later call stay, whichever is carried out last.
   */
  CompletionStage<Void> upsert(String tenantId, long incarnation, List<UsageBucket> minutes);

  /**
   * The stored minutes from {@code fromMinute} (inclusive) to {@code toMinute} (exclusive), in
   * order.
   */
  CompletionStage<List<UsageBucket>> read(
      String tenantId, long incarnation, long fromMinute, long toMinute);

  /** Removes all minutes of the tenant's incarnation. */
  CompletionStage<Void> erase(String tenantId, long incarnation);
}
