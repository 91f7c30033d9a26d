package io.atoll.http.session;

import io.atoll.http.credential.Principal;
import io.atoll.http.socket.Socket;
import io.atoll.plan.Tier;
import io.atoll.tenant.TenantCommand;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session's place among its tenant's connections. It is asked for once, and said again from time
 * to time, so that a tenant that has recovered elsewhere knows the session, too. A session of the
 * admin key belongs to no tenant and has no place.
 */
final class Membership {
  private final SessionEnvironment environment;
  private final Socket socket;
  private final SessionInbox inbox;
  private final String sessionId = UUID.randomUUID().toString();
  private @Nullable Principal holder;
  private @Nullable Tier tier;

  Membership(SessionEnvironment environment, Socket socket, SessionInbox inbox) {
    this.environment = environment;
    this.socket = socket;
    this.inbox = inbox;
  }

  /** Asks the holder's tenant for a place, or tells it of the session's new holder. */
  void join(Principal principal) {
    boolean first = holder == null;
    holder = principal;
    say();
    if (first) {
      beatLater();
    }
  }

  /** The tenant, which is of this tier now, knows the session. An answer after the end is late. */
  void joined(Tier now) {
    if (holder != null) {
      count(now);
    }
  }

  /** Says again that the session is there; a tenant that forgot it does not refuse it. */
  void say() {
    Principal principal = holder;
    String tenantId = principal == null ? null : principal.tenantId();
    if (principal != null && tenantId != null) {
      environment
          .tenants()
          .tell(
              tenantId,
              new TenantCommand.OpenSession(
                  principal.caller(), sessionId, true, tier != null, inbox.ref(), inbox.ref()));
    }
  }

  /** Gives the place up. */
  void leave() {
    String tenantId = holder == null ? null : holder.tenantId();
    if (tenantId != null) {
      environment.tenants().tell(tenantId, new TenantCommand.CloseSession(sessionId));
    }
    holder = null;
    count(null);
  }

  /** Counts the session under this tier and no other; under none when it is over. */
  private void count(@Nullable Tier now) {
    if (tier != now) {
      change(tier, -1);
      change(now, 1);
      tier = now;
    }
  }

  private void change(@Nullable Tier counted, int sessions) {
    if (counted != null) {
      environment.metrics().connections(counted, sessions);
    }
  }

  private void beatLater() {
    socket.after(environment.settings().heartbeatInterval(), this::beat);
  }

  private void beat() {
    if (holder != null) {
      say();
      beatLater();
    }
  }
}
