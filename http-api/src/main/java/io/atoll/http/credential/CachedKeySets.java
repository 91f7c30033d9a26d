package io.atoll.http.credential;

import com.nimbusds.jose.jwk.JWKSet;
import io.atoll.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a key set and looks for it again when it is old, or when a token names a key that it does
 * not hold, but never more often than once per {@code pause}. A look that fails leaves the last
 * keys in place until they are old, then nothing is trusted. Thread-safe.
 */
final class CachedKeySets implements KeySets {
  private static final Logger LOG = LoggerFactory.getLogger(CachedKeySets.class);
  private static final JWKSet NONE = new JWKSet();

  private final String name;
  private final Supplier<CompletionStage<JWKSet>> source;
  private final long lifetime;
  private final long pause;
  private final TimeSource time;
  private @Nullable JWKSet keys;
  private @Nullable CompletableFuture<JWKSet> looking;
  private long loadedAt;
  private long askedAt;
  private boolean asked;

  CachedKeySets(
      String name,
      Supplier<CompletionStage<JWKSet>> source,
      Duration lifetime,
      Duration pause,
      TimeSource time) {
    this.name = name;
    this.source = source;
    this.lifetime = lifetime.toNanos();
    this.pause = pause.toNanos();
    this.time = time;
  }

  @Override
  public synchronized CompletionStage<JWKSet> current() {
    return fresh() ? CompletableFuture.completedFuture(known()) : look();
  }

  @Override
  public synchronized CompletionStage<JWKSet> again() {
    return look();
  }

  private synchronized CompletionStage<JWKSet> look() {
    if (looking != null) {
      return looking;
    }
    long now = time.nanoTime();
    if (asked && now - askedAt < pause) {
      return CompletableFuture.completedFuture(known());
    }
    asked = true;
    askedAt = now;
    CompletableFuture<JWKSet> started = new CompletableFuture<>();
    looking = started;
    source.get().whenComplete((found, failure) -> finish(started, found, failure));
    return started;
  }

  private void finish(
      CompletableFuture<JWKSet> started, @Nullable JWKSet found, @Nullable Throwable failure) {
    JWKSet result;
    synchronized (this) {
      looking = null;
      if (found != null) {
        keys = found;
        loadedAt = time.nanoTime();
      }
      result = known();
    }
    if (failure != null) {
      LOG.warn("the keys of issuer {} could not be read", name, failure);
    }
    started.complete(result);
  }

  private synchronized JWKSet known() {
    return keys != null && withinGrace() ? keys : NONE;
  }

  private boolean fresh() {
    return keys != null && time.nanoTime() - loadedAt < lifetime;
  }

  private boolean withinGrace() {
    return time.nanoTime() - loadedAt < 2 * lifetime;
  }
}
