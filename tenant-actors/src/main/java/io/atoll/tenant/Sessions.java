package io.atoll.tenant;

import io.atoll.access.ApiKey;
import io.atoll.quota.Denial;
import io.atoll.quota.QuotaTracker;
import io.atoll.refusal.Refusal;
import io.atoll.usage.UsageMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of a tenant. Those that were opened as counted are its connections, but for the
 * operator's.
 */
final class Sessions {
  private static final Duration LONGEST_TIMER = Duration.ofHours(12);

  private final TenantCore core;
  private final QuotaTracker tracker;
  private final UsageMeter meter;

  /** Empty, and not to be changed, while nobody is connected. */
  private Map<String, Session> open = Map.of();

  private record Session(String id, Caller caller, boolean counted, ActorRef<SessionNotice> ref) {
    boolean counts() {
      return counted && caller.kind() != Caller.Kind.ADMIN;
    }
  }

  Sessions(TenantCore core, QuotaTracker tracker, UsageMeter meter) {
    this.core = core;
    this.tracker = tracker;
    this.meter = meter;
  }

  /** Opens the session, or confirms it; returns why it may not be opened, else null. */
  @Nullable Refusal open(TenantCommand.OpenSession command, KeyRing keys) {
    Session session =
        new Session(command.sessionId(), command.caller(), command.counted(), command.session());
    Session known = open.get(session.id());
    if (known != null && known.counts() == session.counts()) {
      replace(known, session);
    } else {
      Denial denial = session.counts() ? connect(command.resumed()) : null;
      if (denial != null) {
        return Refusal.of(core.tenantId(), denial);
      }
      add(session);
    }
    armExpiry(keys);
    return null;
  }

  private @Nullable Denial connect(boolean resumed) {
    if (!resumed) {
      Denial denial = tracker.connect();
      if (denial != null) {
        return denial;
      }
    } else {
      tracker.connectResumed();
    }
    meter.connected(core.now(), 1);
    return null;
  }

  private void replace(Session known, Session session) {
    open.put(session.id(), session);
    if (!known.ref().equals(session.ref())) {
      unwatch(known.ref());
      watch(session.ref());
    }
  }

  private void add(Session session) {
    if (open.isEmpty()) {
      open = new HashMap<>();
    }
    open.put(session.id(), session);
    watch(session.ref());
  }

  private void watch(ActorRef<SessionNotice> ref) {
    core.context().watchWith(ref, new TenantSignal.SessionEnded(ref));
  }

  private void unwatch(ActorRef<SessionNotice> ref) {
    if (open.values().stream().noneMatch(session -> session.ref().equals(ref))) {
      core.context().unwatch(ref);
    }
  }

  /** Closes the session if it is open. */
  void close(String sessionId) {
    Session session = open.get(sessionId);
    if (session != null) {
      remove(session);
    }
  }

  /** Closes the sessions of an actor that has ended. */
  void ended(TenantSignal.SessionEnded ended) {
    List<Session> closed =
        open.values().stream().filter(one -> one.ref().equals(ended.session())).toList();
    closed.forEach(this::remove);
  }

  private void remove(Session session) {
    open.remove(session.id());
    if (open.isEmpty()) {
      open = Map.of();
    }
    unwatch(session.ref());
    if (session.counts()) {
      tracker.disconnect();
      meter.disconnected(core.now(), 1);
    }
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void tellAll(SessionNotice notice) {
    open.values().forEach(session -> session.ref().tell(notice));
  }

  /** Ends all sessions. */
  void endAll(SessionNotice.Reason reason) {
    end(session -> true, reason);
  }

  /** Ends the sessions that were opened with this key. */
  void endKey(String keyId, SessionNotice.Reason reason) {
    end(session -> keyId.equals(session.caller().keyId()), reason);
  }

  /** Ends the sessions whose keys have expired. */
  void endExpired(KeyRing keys) {
    long now = core.now();
    end(session -> isExpired(session, keys, now), SessionNotice.Reason.KEY_EXPIRED);
    armExpiry(keys);
  }

  private static boolean isExpired(Session session, KeyRing keys, long now) {
    String keyId = session.caller().keyId();
    return keyId != null && keys.find(keyId).map(key -> key.isExpired(now)).orElse(false);
  }

  private void end(Predicate<Session> which, SessionNotice.Reason reason) {
    List<Session> ended = open.values().stream().filter(which).toList();
    for (Session session : ended) {
      session.ref().tell(new SessionNotice.End(core.tenantId(), reason));
      remove(session);
    }
  }

  private void armExpiry(KeyRing keys) {
    long next = Long.MAX_VALUE;
    for (Session session : open.values()) {
      next = Math.min(next, expiry(session, keys));
    }
    if (next != Long.MAX_VALUE) {
      long wait = Math.clamp(next - core.now(), 0, LONGEST_TIMER.toMillis());
      core.later(new TenantSignal.KeyExpiryDue(), Duration.ofMillis(wait));
    }
  }

  private static long expiry(Session session, KeyRing keys) {
    String keyId = session.caller().keyId();
    ApiKey key = keyId == null ? null : keys.find(keyId).orElse(null);
    return key == null || key.expiresAt() == ApiKey.NEVER ? Long.MAX_VALUE : key.expiresAt();
  }
}
