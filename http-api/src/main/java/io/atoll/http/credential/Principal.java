package io.atoll.http.credential;

import io.atoll.access.Scope;
import io.atoll.tenant.Caller;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a credential stands for: the caller that tenants see, the one tenant that it is for (null
 * for the admin key, which is for all), its scopes, and when it ends (epoch millis, -1 for never).
 */
public record Principal(
    Caller caller, @Nullable String tenantId, Set<Scope> scopes, long expiresAt) {
  /** A credential without an end. */
  public static final long NEVER = -1;

  /** The holder of the admin key. */
  static final Principal ADMIN = new Principal(Caller.ADMIN, null, Set.of(), NEVER);

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  public boolean isAdmin() {
    return caller.kind() == Caller.Kind.ADMIN;
  }

  /** Whether a session of the holder counts as a connection of its tenant. */
  public boolean hasPlace() {
    return !isAdmin() && tenantId != null;
  }

  /** Whether the holder may do what needs this scope; the admin key may do everything. */
  public boolean may(Scope scope) {
    return isAdmin() || scopes.contains(scope);
  }

  /** Whether the credential is over at this time (epoch millis). */
  public boolean isOver(long now) {
    return expiresAt != NEVER && now >= expiresAt;
  }
}
