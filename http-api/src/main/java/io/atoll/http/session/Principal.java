package io.atoll.http.session;

import io.atoll.access.Scope;
import io.atoll.tenant.Caller;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a session: the caller that tenants see, the one tenant that the credential is for (null
 * for the admin key, which is for all), its scopes, and when it ends (epoch millis, -1 for never).
 */
public record Principal(
    Caller caller, @Nullable String tenantId, Set<Scope> scopes, long expiresAt) {
  /** A credential without an end. */
  public static final long NEVER = -1;

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /** Whether a session of the holder counts as a connection of its tenant. */
  boolean hasPlace() {
    return caller.kind() != Caller.Kind.ADMIN && tenantId != null;
  }
}
