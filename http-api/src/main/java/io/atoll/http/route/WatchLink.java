package io.atoll.http.route;

import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.Key;
import io.atoll.map.WatchReply;
import io.atoll.tenant.Caller;
import io.atoll.tenant.SessionNotice;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The way of one watch to its tenant. Besides the watch itself it holds a session that counts as no
 * connection, by which the tenant says that the caller may not go on.
 */
record WatchLink(
    TenantGateway gateway,
    String tenantId,
    Caller caller,
    long watchId,
    String map,
    Key prefix,
    long since,
    String sessionId) {

  static WatchLink of(
      TenantGateway gateway, Call call, long watchId, String map, Key prefix, long since) {
    Caller caller = call.principal().caller();
    String sessionId = "watch-" + UUID.randomUUID();
    return new WatchLink(gateway, call.tenantId(), caller, watchId, map, prefix, since, sessionId);
  }

  /** Asks for the changes. */
  void subscribe(ActorRef<WatchReply> subscriber) {
    gateway.tell(
        tenantId, new TenantCommand.Watch(caller, watchId, map, prefix, since, subscriber));
  }

  /** Asks to be told when the caller may not go on. */
  void join(ActorRef<SessionNotice> session, ActorRef<TenantReply> replyTo) {
    gateway.tell(
        tenantId, new TenantCommand.OpenSession(caller, sessionId, false, false, session, replyTo));
  }

  /** Ends what {@link #join} began. */
  void leave() {
    gateway.tell(tenantId, new TenantCommand.CloseSession(sessionId));
  }
}
