package io.atoll.http.session;

import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.credential.Principal;
import io.atoll.http.socket.CloseCode;
import io.atoll.http.socket.Socket;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a session. The credential comes with the upgrade or in the first frame, and may be
 * followed by another for the same tenant. While one is being checked the session does nothing
 * else, and when the last one ends the session is closed.
 */
final class Identity {
  private static final long LONGEST_WAIT_MS = 60_000;

  private final SessionEnvironment environment;
  private final Socket socket;
  private final Outlet outlet;
  private final Membership membership;
  private final Runnable settled;
  private @Nullable Principal principal;
  private @Nullable Principal candidate;
  private @Nullable RequestId asked;
  private Socket.@Nullable Timer patience;
  private Socket.@Nullable Timer expiry;
  private boolean busy;

  /** {@code settled} runs after each check that came to an end. */
  Identity(
      SessionEnvironment environment,
      Socket socket,
      Outlet outlet,
      Membership membership,
      Runnable settled) {
    this.environment = environment;
    this.socket = socket;
    this.outlet = outlet;
    this.membership = membership;
    this.settled = settled;
  }

  /** Begins with who came with the upgrade, or waits for the first frame. */
  void begin(@Nullable Principal known) {
    if (known == null) {
      patience =
          socket.after(
              environment.settings().authTimeout(),
              () -> end(CloseCode.UNAUTHENTICATED, "no credential came in time"));
    } else {
      busy = true;
      admit(known);
    }
  }

  /** Checks a credential that came in a frame. */
  void present(Request.Auth request) {
    cancel(patience);
    busy = true;
    asked = request.id();
    environment
        .credentials()
        .check(request.token(), socket.client())
        .whenComplete((verdict, _) -> socket.execute(() -> checked(request.id(), verdict)));
  }

  /** Who holds the session, null before that is known. */
  @Nullable Principal principal() {
    return principal;
  }

  /** Whether a credential is being checked. */
  boolean isBusy() {
    return busy;
  }

  /** What the tenant says to the session's place among its connections. */
  void on(TenantReply reply) {
    if (reply instanceof TenantReply.SessionOpened opened) {
      membership.joined(opened.tier());
      Principal admitted = candidate;
      if (admitted != null) {
        establish(admitted);
      }
    } else if (reply instanceof TenantReply.Refused refused) {
      turnedAway(refused.refusal());
    }
  }

  /** Forgets who it was. */
  void abandon() {
    cancel(patience);
    cancel(expiry);
    membership.leave();
    principal = null;
    candidate = null;
    busy = false;
  }

  private void checked(RequestId id, @Nullable Verdict verdict) {
    if (outlet.isClosed()) {
      return;
    }
    switch (verdict) {
      case null ->
          rejected(id, Refusal.of(ErrorCode.UNAVAILABLE, "the credential cannot be checked now"));
      case Verdict.Refused refused -> rejected(id, refused.refusal());
      case Verdict.Known known when isForAnother(known.principal()) ->
          rejected(id, Refusal.of(ErrorCode.FORBIDDEN, "the credential is for another tenant"));
      case Verdict.Known known -> admit(known.principal());
    }
    settled.run();
  }

  private boolean isForAnother(Principal next) {
    return principal != null && !Objects.equals(principal.tenantId(), next.tenantId());
  }

  /** A first credential that is no good ends the session; a further one leaves it as it was. */
  private void rejected(RequestId id, Refusal refusal) {
    outlet.next().refused(id, refusal);
    busy = false;
    asked = null;
    if (principal == null) {
      end(CloseReason.of(refusal.code()), refusal.code().name());
    }
  }

  private void admit(Principal next) {
    if (!next.hasPlace()) {
      establish(next);
      return;
    }
    candidate = next;
    patience =
        socket.after(
            environment.settings().requestTimeout(),
            () -> end(CloseReason.TRY_AGAIN_LATER, "the tenant does not answer"));
    membership.join(next);
  }

  private void establish(Principal next) {
    cancel(patience);
    principal = next;
    candidate = null;
    busy = false;
    if (asked != null) {
      outlet.next().done(asked);
      asked = null;
    }
    awaitExpiry(next);
    settled.run();
  }

  private void turnedAway(Refusal refusal) {
    int code = CloseReason.of(refusal.code());
    if (candidate == null && code == CloseReason.TRY_AGAIN_LATER) {
      return;
    }
    if (asked != null) {
      outlet.next().refused(asked, refusal);
    }
    end(code, refusal.code().name());
  }

  /** The delay is short enough for a clock that is set meanwhile to be noticed. */
  private void awaitExpiry(Principal holder) {
    cancel(expiry);
    if (holder.expiresAt() == Principal.NEVER) {
      return;
    }
    long left = holder.expiresAt() - environment.time().epochMillis();
    if (left <= 0) {
      end(CloseCode.UNAUTHENTICATED, "the credential has expired");
      return;
    }
    expiry =
        socket.after(Duration.ofMillis(Math.min(left, LONGEST_WAIT_MS)), () -> awaitExpiry(holder));
  }

  private void end(int code, String reason) {
    outlet.close(code, reason);
    settled.run();
  }

  private static void cancel(Socket.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
