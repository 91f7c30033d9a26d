package io.atoll.http.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atoll.http.session.EarlyRefusal;
import io.atoll.map.Operation;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.Quota;
import io.atoll.refusal.Refusal;
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
  private final Cache<String, Remembered> denials;

  Denials(Duration memory, int size, TimeSource time) {
    this.memoryNanos = memory.toNanos();
    this.time = time;
    this.denials =
        Caffeine.newBuilder().maximumSize(size).expireAfterWrite(Duration.ofSeconds(5)).build();
  }

  /** The refusal that the operation would meet again, null when it may be sent. */
  @Nullable EarlyRefusal of(String tenantId, Operation operation) {
    Remembered remembered = denials.getIfPresent(tenantId);
    if (remembered == null || operation.bytesIn() < remembered.leastBytes) {
      return null;
    }
    long left = remembered.until - time.nanoTime();
    if (left <= 0) {
      return null;
    }
    Denial denial = remembered.denial;
    long retryAfter = Math.max(1, remembered.freeAt() - time.nanoTime());
    Denial again =
        new Denial(
            denial.quota(),
            denial.current(),
            denial.limit(),
            TimeUnit.NANOSECONDS.toMillis(retryAfter + 999_999),
            false);
    return new EarlyRefusal(Refusal.of(again), remembered.tier);
  }

  /** Remembers the refusal by a tenant of this tier, if waiting would help against it. */
  void remember(String tenantId, @Nullable Tier tier, Operation operation, Denial denial) {
    if (denial.retryAfterMs() <= 0 || denial.cap()) {
      return;
    }
    boolean everything = denial.quota().equals(Quota.OPS_PER_SECOND.apiName());
    boolean bytes = denial.quota().equals(Quota.BYTES_PER_SECOND.apiName());
    if (everything || bytes) {
      long now = time.nanoTime();
      long free = TimeUnit.MILLISECONDS.toNanos(denial.retryAfterMs());
      long until = now + Math.min(free, memoryNanos);
      denials.put(
          tenantId,
          new Remembered(denial, tier, bytes ? operation.bytesIn() : 0, until, now + free));
    }
  }

  /** The tenant's limits have changed. */
  void forget(String tenantId) {
    denials.invalidate(tenantId);
  }

  void forgetAll() {
    denials.invalidateAll();
  }

  private record Remembered(
      Denial denial, @Nullable Tier tier, long leastBytes, long until, long freeAt) {}
}
