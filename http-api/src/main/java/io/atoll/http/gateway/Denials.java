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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What tenants have refused a moment ago, for as long as the same is sure to be refused again and
 * at most for a short time: a flood is turned away here, before it reaches the tenant. When the
 * operations rate has refused, no more can pass from then on than it refills with; so much is let
 * through, and the tenant decides on it. Thread-safe.
 */
final class Denials {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

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
    long now = time.nanoTime();
    return remembered.lets(now) ? null : remembered.again(now);
  }

  /**
   * Remembers the refusal by a tenant of this tier, if waiting would help against it. The operation
   * was sent at {@code sentAt}, monotonic nanoseconds, and so not decided on before.
   */
  void remember(
      String tenantId, @Nullable Tier tier, Operation operation, Denial denial, long sentAt) {
    if (denial.retryAfterMs() <= 0 || denial.cap()) {
      return;
    }
    boolean everything = denial.quota().equals(Quota.OPS_PER_SECOND.apiName());
    boolean bytes = denial.quota().equals(Quota.BYTES_PER_SECOND.apiName());
    if ((everything || bytes) && !isKnown(tenantId, denial, sentAt)) {
      long freeAt = sentAt + TimeUnit.MILLISECONDS.toNanos(denial.retryAfterMs());
      long end = sentAt + memoryNanos;
      denials.put(
          tenantId,
          everything
              ? new Remembered(denial, tier, 0, sentAt, freeAt, end, time.nanoTime())
              : new Remembered(
                  denial,
                  tier,
                  operation.bytesIn(),
                  sentAt,
                  freeAt,
                  Math.min(end, freeAt),
                  time.nanoTime()));
    }
  }

  /**
   * Whether the operation was sent before a denial by the same quota came. It tells nothing new;
   * and were it to let one more through, each of a flood that came before the first denial would,
   * again and again.
   */
  private boolean isKnown(String tenantId, Denial denial, long sentAt) {
    Remembered known = denials.getIfPresent(tenantId);
    return known != null
        && known.denial.quota().equals(denial.quota())
        && sentAt - known.knownAt < 0
        && time.nanoTime() - known.end < 0;
  }

  /** The tenant's limits have changed. */
  void forget(String tenantId) {
    denials.invalidate(tenantId);
  }

  void forgetAll() {
    denials.invalidateAll();
  }

  /** A denial, and what was let through after it. All times are monotonic nanoseconds. */
  private static final class Remembered {
    private final Denial denial;
    private final @Nullable Tier tier;
    private final long leastBytes;
    private final long since;
    private final long freeAt;
    private final long end;
    private final long knownAt;
    private final AtomicLong passed = new AtomicLong();

    Remembered(
        Denial denial,
        @Nullable Tier tier,
        long leastBytes,
        long since,
        long freeAt,
        long end,
        long knownAt) {
      this.denial = denial;
      this.tier = tier;
      this.leastBytes = leastBytes;
      this.since = since;
      this.freeAt = freeAt;
      this.end = end;
      this.knownAt = knownAt;
    }

    /** Whether one more may pass, which is then counted. */
    boolean lets(long now) {
      if (now - end >= 0) {
        return true;
      }
      if (now - freeAt < 0) {
        return false;
      }
      long most = 1 + (long) ((double) denial.limit() * (now - since) / SECOND);
      for (long before = passed.get(); before < most; before = passed.get()) {
        if (passed.compareAndSet(before, before + 1)) {
          return true;
        }
      }
      return false;
    }

    EarlyRefusal again(long now) {
      long refilled = (long) ((double) passed.get() * SECOND / denial.limit());
      long wait = Math.max(freeAt - now, Math.min(end, since + refilled) - now);
      Denial again =
          new Denial(
              denial.quota(),
              denial.current(),
              denial.limit(),
              Math.max(1, Math.ceilDiv(wait, MILLI)),
              false);
      return new EarlyRefusal(Refusal.of(again), tier);
    }
  }
}
