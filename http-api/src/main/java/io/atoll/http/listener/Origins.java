package io.atoll.http.listener;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web origins may open a WebSocket: none stated (not a browser), the page's own origin, or
 * one that the configuration lists literally.
 */
final class Origins {
  private final Set<String> allowed;

  Origins(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** Whether the origin may; {@code scheme} and {@code host} are how the client reached us. */
  boolean allows(@Nullable String origin, String scheme, @Nullable String host) {
    return origin == null || allowed.contains(origin) || origin.equals(scheme + "://" + host);
  }
}
