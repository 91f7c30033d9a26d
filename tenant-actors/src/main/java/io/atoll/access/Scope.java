package io.atoll.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a credential may do inside its tenant. */
public enum Scope {
  READ,
  WRITE,
  ADMIN;

  /** The scopes of a key for which none are named. */
  public static final Set<Scope> DEFAULT = Set.of(READ, WRITE);

  /** The name in the API: {@code read}, {@code write}, {@code admin}. */
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> byName(String name) {
    return Arrays.stream(values()).filter(scope -> scope.apiName().equals(name)).findFirst();
  }
}
