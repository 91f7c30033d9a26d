package io.atoll.tenant;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a command comes. The edge has checked the credential and its scopes; the tenant
 * checks only that an API key is still good.
 */
public record Caller(Kind kind, @Nullable String keyId) {
  /** The operator with the admin key. */
  public static final Caller ADMIN = new Caller(Kind.ADMIN, null);

  /** The holder of a verified JSON Web Token. */
  public static final Caller TOKEN = new Caller(Kind.TOKEN, null);

  public static Caller key(String keyId) {
    return new Caller(Kind.KEY, keyId);
  }

  /** The kinds of credential. */
  public enum Kind {
    ADMIN,
    KEY,
    TOKEN
  }
}
