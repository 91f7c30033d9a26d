package io.atoll.http.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;

/**
 * Counts refused credentials by client address in windows of a second. What is known to be good is
 * never held up by it. Thread-safe.
 */
final class BadCredentials {
  private static final long WINDOW_MS = 1_000;
  private static final int ADDRESSES = 100_000;

  private final int perSecond;
  private final Cache<InetAddress, Window> windows =
      Caffeine.newBuilder().maximumSize(ADDRESSES).expireAfterWrite(Duration.ofSeconds(10)).build();

  BadCredentials(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Milliseconds until the address may try again, 0 when it may now. */
  long retryAfterMs(InetAddress client, long now) {
    Window window = windows.getIfPresent(client);
    return window != null && window.isOpen(now) && window.count >= perSecond
        ? window.start + WINDOW_MS - now
        : 0;
  }

  void count(InetAddress client, long now) {
    windows.asMap().merge(client, new Window(now, 1), (old, fresh) -> old.and(now));
  }

  private record Window(long start, int count) {
    boolean isOpen(long now) {
      return now - start < WINDOW_MS && now >= start;
    }

    Window and(long now) {
      return isOpen(now) ? new Window(start, count + 1) : new Window(now, 1);
    }
  }
}
