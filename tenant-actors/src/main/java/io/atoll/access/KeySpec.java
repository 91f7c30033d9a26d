package io.atoll.access;

import java.util.Set;

/** What a new API key shall be. Times are epoch milliseconds; it expires never at -1. Immutable. */
public record KeySpec(
    String name, KeyMode mode, Set<Scope> scopes, long createdAt, long expiresAt) {
  public KeySpec {
    scopes = Set.copyOf(scopes);
  }
}
