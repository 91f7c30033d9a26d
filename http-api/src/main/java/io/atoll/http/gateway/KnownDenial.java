package io.atoll.http.gateway;

import io.atoll.http.session.EarlyRefusal;
import io.atoll.map.Operation;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.refusal.Refusal;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's denial, and how many operations were sent to it since. Until a time that the denial
 * gives the same is refused; then, as no more can pass than its rate refills with, so many as it
 * can have refilled since may be sent. All times are monotonic nanoseconds. Thread-safe.
 */
final class KnownDenial {
  private static final double SECOND = 1e9;
  private static final long MILLI = 1_000_000L;

  private final Denial denial;
  private final @Nullable Tier tier;
  private final long leastBytes;
  private final Times times;
  private final AtomicLong passed = new AtomicLong();

  /**
   * @param sentAt when the operation was sent that was denied: it was not decided on before
   * @param knownAt when the denial came
   * @param freeAt from when on the same may pass
   * @param end from when on nothing is known any more
   */
  record Times(long sentAt, long knownAt, long freeAt, long end) {}

  /** The denial of an operation of so many bytes or more, 0 for all. */
  KnownDenial(Denial denial, @Nullable Tier tier, long leastBytes, Times times) {
    this.denial = denial;
    this.tier = tier;
    this.leastBytes = leastBytes;
    this.times = times;
  }

  /** The refusal that the operation would meet now, null when it may be sent. */
  @Nullable EarlyRefusal refusal(Operation operation, long now) {
    boolean unknown = operation.bytesIn() < leastBytes || now - times.end >= 0;
    return unknown || (now - times.freeAt >= 0 && passed.get() < refilled(now))
        ? null
        : repeated(now);
  }

  /** So many operations are sent to the tenant. */
  void sent(int operations) {
    passed.addAndGet(operations);
  }

  /**
   * Whether this tells as much as a denial of an operation that was sent then: it was under way
   * before this was known. Were each such denial to let operations pass anew, all of a flood would.
   */
  boolean covers(Denial other, long sentAt, long now) {
    return denial.quota().equals(other.quota())
        && sentAt - times.knownAt < 0
        && now - times.end < 0;
  }

  /**
   * Operations that may have passed since, a part of a token at the time of the denial included.
   */
  private long refilled(long now) {
    return 1 + (long) (denial.limit() * ((now - times.sentAt) / SECOND));
  }

  private EarlyRefusal repeated(long now) {
    long refilledIn = times.sentAt - now + (long) (passed.get() * SECOND / denial.limit());
    long wait = Math.max(times.freeAt - now, Math.min(times.end - now, refilledIn));
    long retryAfterMs = Math.max(1, Math.ceilDiv(wait, MILLI));
    return new EarlyRefusal(
        Refusal.of(
            new Denial(denial.quota(), denial.current(), denial.limit(), retryAfterMs, false)),
        tier);
  }
}
