package io.atoll.http.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.atoll.quota.RateStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the operations rates of tenants stood when the tenants last said so. What is not known is
 * asked, once for all who want to know at the same time. Thread-safe.
 */
final class Rates {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(1);

  private final Function<String, CompletionStage<Optional<RateStatus>>> question;
  private final Cache<String, RateStatus> told;
  private final Cache<String, CompletableFuture<Optional<RateStatus>>> asked;

  /** Remembers as many tenants; {@code question} asks one, and its answer never fails. */
  Rates(int size, Function<String, CompletionStage<Optional<RateStatus>>> question) {
    this.question = question;
    this.told = cache(size, KEPT);
    this.asked = cache(size, ASKED_AGAIN_AFTER);
  }

  /** What is too old goes by itself: most tenants are not asked for again for long. */
  private static <V> Cache<String, V> cache(int size, Duration kept) {
    return Caffeine.newBuilder()
        .maximumSize(size)
        .expireAfterWrite(kept)
        .scheduler(Scheduler.systemScheduler())
        .build();
  }

  /** The tenant has said where its rate stands. */
  void told(String tenantId, RateStatus rate) {
    if (!rate.equals(told.getIfPresent(tenantId))) {
      told.put(tenantId, rate);
    }
  }

  /** Where the rate stood a moment ago, null when the tenant has not said so. */
  @Nullable RateStatus last(String tenantId) {
    return told.getIfPresent(tenantId);
  }

  /** Where the rate stands; empty when there is no such tenant or it does not answer. */
  CompletionStage<Optional<RateStatus>> find(String tenantId) {
    RateStatus last = last(tenantId);
    return last == null
        ? asked.get(tenantId, id -> question.apply(id).toCompletableFuture())
        : CompletableFuture.completedFuture(Optional.of(last));
  }

  void forgetAll() {
    told.invalidateAll();
    asked.invalidateAll();
  }

  /** The tenant's limits have changed. */
  void forget(String tenantId) {
    told.invalidate(tenantId);
    asked.invalidate(tenantId);
  }
}
