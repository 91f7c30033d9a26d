package io.atoll.tenant;

import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageTable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A table of no usage: it takes all minutes and keeps none. Thread-safe. */
final class Unmetered implements UsageTable {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  @Override
  public CompletionStage<Void> upsert(
      String tenantId, long incarnation, List<UsageBucket> minutes) {
    return DONE;
  }

  @Override
  public CompletionStage<List<UsageBucket>> read(
      String tenantId, long incarnation, long fromMinute, long toMinute) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<Void> erase(String tenantId, long incarnation) {
    return DONE;
  }
}
