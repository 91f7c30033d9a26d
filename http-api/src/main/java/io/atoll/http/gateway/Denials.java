package io.atoll.http.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atoll.map.Operation;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.Quota;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tenants have refused a moment ago, for as long as the same is sure to be refused again and
 * at most for a short time: a flood is turned away here, before it reaches the tenant. Thread-safe.
 */
final class Denials {
  private final long memoryNanos;
  private final TimeSource time;
  private final Cache<String, KnownDenial> denials;

  Denials(Duration memory, int size, TimeSource time) {
    this.memoryNanos = memory.toNanos();
    this.time = time;
    this.denials =
        Caffeine.newBuilder().maximumSize(size).expireAfterWrite(Duration.ofSeconds(5)).build();
  }

  /** What is known of the tenant; null when that is nothing, as it is for most. */
  @Nullable KnownDenial find(String tenantId) {
    return denials.getIfPresent(tenantId);
  }

  /**
   * Remembers the refusal by a tenant of this tier, if waiting would help against it. The operation
   * was sent at {@code sentAt}, monotonic nanoseconds. Whatever else refuses operations spends
   * nothing of the rates: then it is no longer known how much these have left.
   */
  void remember(
      String tenantId, @Nullable Tier tier, Operation operation, Denial denial, long sentAt) {
    boolean everything = denial.quota().equals(Quota.OPS_PER_SECOND.apiName());
    boolean bytes = denial.quota().equals(Quota.BYTES_PER_SECOND.apiName());
    if (denial.retryAfterMs() <= 0 || !(everything || bytes)) {
      forget(tenantId);
      return;
    }
    long now = time.nanoTime();
    KnownDenial known = find(tenantId);
    if (known == null || !known.covers(denial, sentAt, now)) {
      long freeAt = sentAt + TimeUnit.MILLISECONDS.toNanos(denial.retryAfterMs());
      long end = sentAt + memoryNanos;
      denials.put(
          tenantId,
          everything
              ? new KnownDenial(denial, tier, 0, new KnownDenial.Times(sentAt, now, freeAt, end))
              : new KnownDenial(
                  denial,
                  tier,
                  operation.bytesIn(),
                  new KnownDenial.Times(sentAt, now, freeAt, freeAt - end < 0 ? freeAt : end)));
    }
  }

  /** The tenant's limits have changed. */
  void forget(String tenantId) {
    denials.invalidate(tenantId);
  }

  void forgetAll() {
    denials.invalidateAll();
  }
}
