package io.atoll.usage;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A usage table in memory that counts upserts and can be told to fail. Thread-safe. */
public final class InMemoryUsageTable implements UsageTable {
  private final Map<String, ConcurrentNavigableMap<Long, UsageBucket>> tables =
      new ConcurrentHashMap<>();
  private final AtomicInteger upserts = new AtomicInteger();
  private volatile boolean failing;

  /** From now on every call fails, or works again. */
  public void fail(boolean fail) {
    failing = fail;
  }

  /** How many upserts were asked for so far. */
  public int upserts() {
    return upserts.get();
  }

  /** All minutes of the tenant's incarnation, in order. */
  public List<UsageBucket> all(String tenantId, long incarnation) {
    return List.copyOf(table(tenantId, incarnation).values());
  }

  @Override
  public CompletionStage<Void> upsert(
      String tenantId, long incarnation, List<UsageBucket> minutes) {
    upserts.incrementAndGet();
    if (failing) {
      return failed();
    }
    minutes.forEach(minute -> table(tenantId, incarnation).put(minute.minute(), minute));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<List<UsageBucket>> read(
      String tenantId, long incarnation, long fromMinute, long toMinute) {
    return failing
        ? failed()
        : CompletableFuture.completedFuture(
            List.copyOf(table(tenantId, incarnation).subMap(fromMinute, toMinute).values()));
  }

  @Override
  public CompletionStage<Void> erase(String tenantId, long incarnation) {
    if (failing) {
      return failed();
    }
    tables.remove(tenantId + "/" + incarnation);
    return CompletableFuture.completedFuture(null);
  }

  private static <T> CompletionStage<T> failed() {
    return CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
  }

  private ConcurrentNavigableMap<Long, UsageBucket> table(String tenantId, long incarnation) {
    return tables.computeIfAbsent(tenantId + "/" + incarnation, _ -> new ConcurrentSkipListMap<>());
  }
}
