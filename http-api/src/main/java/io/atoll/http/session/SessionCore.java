package io.atoll.http.session;

import io.atoll.http.credential.Principal;
import io.atoll.http.session.ReadingGate.Reason;
import io.atoll.http.socket.CloseCode;
import io.atoll.http.socket.Socket;
import io.atoll.map.OperateReply;
import io.atoll.map.WatchReply;
import io.atoll.tenant.Caller;
import io.atoll.tenant.SessionNotice;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.Terminated;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open session: frames in, answers out. All of it runs on the socket's own thread. A fault
 * closes this session and no other.
 */
final class SessionCore {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCore.class);
  private static final Duration TICK = Duration.ofMillis(500);

  private final SessionEnvironment environment;
  private final Socket socket;
  private final FrameReader reader;
  private final ReadingGate gate;
  private final Outlet outlet;
  private final SessionInbox inbox;
  private final Operations operations;
  private final Watches watches;
  private final Membership membership;
  private final Identity identity;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private boolean ticking;
  private boolean stopping;
  private boolean over;

  /** What waits of a frame, and whether a part of it went on its way before. */
  private record Held(List<Request> requests, boolean begun) {}

  SessionCore(SessionEnvironment environment, Socket socket) {
    SessionSettings settings = environment.settings();
    this.environment = environment;
    this.socket = socket;
    this.reader =
        new FrameReader(new RequestBuilder(settings.maxValueBytes()), settings.maxFrameRequests());
    this.gate = new ReadingGate(socket);
    this.outlet = new Outlet(socket, gate, settings.maxPendingBytes());
    this.inbox = new SessionInbox(environment.system(), socket, this::told, this::toldAll);
    this.operations = new Operations(environment, outlet, inbox.ref());
    this.watches = new Watches(environment, outlet, socket, inbox, this::caller);
    this.membership = new Membership(environment, socket, inbox);
    this.identity = new Identity(environment, socket, outlet, membership, this::identified);
  }

  /** Begins with the holder that came with the upgrade, null when none did. */
  void begin(@Nullable Principal holder) {
    guarded(() -> identity.begin(holder));
  }

  void received(byte[] text) {
    if (stopping || outlet.isClosed()) {
      return;
    }
    guarded(() -> {
      switch (reader.read(text)) {
        case Frame.Malformed malformed -> outlet.close(CloseCode.MALFORMED, malformed.reason());
        case Frame.Requests frame -> {
          held.addLast(new Held(frame.requests(), false));
          work();
        }
      }
    });
  }

  void writable() {
    guarded(outlet::writable);
  }

  /** Takes no more requests, and closes once those under way were answered. */
  void stop() {
    guarded(() -> {
      stopping = true;
      gate.set(Reason.STOPPING, true);
      socket.after(environment.settings().stopTimeout(), () -> guarded(this::restart));
    });
  }

  /** The socket is gone. */
  void closed() {
    cleanUp();
  }

  private void told(Object message) {
    if (!over) {
      attempt(() -> on(message));
    }
  }

  /** Several messages were told: their answers share a frame. */
  private void toldAll() {
    if (!over) {
      attempt(this::settle);
    }
  }

  private void on(Object message) {
    switch (message) {
      case OperateReply reply -> operations.on(reply);
      case WatchReply reply -> watches.on(reply);
      case TenantReply reply -> identity.on(reply);
      case SessionNotice notice -> on(notice);
      case Terminated terminated -> watches.terminated(terminated.actor());
      default -> LOG.debug("a session was told a {}", message.getClass());
    }
  }

  private void on(SessionNotice notice) {
    switch (notice) {
      case SessionNotice.QuotaNotice quota -> outlet.next().notice(quota);
      case SessionNotice.Reopen reopen -> membership.say();
      case SessionNotice.End end ->
          outlet.close(CloseReason.of(end.reason()), CloseReason.text(end.reason()));
    }
  }

  private void identified() {
    guarded(this::work);
  }

  /** Serves the frames that wait, as far as it is known for whom and there is room. */
  private void work() {
    boolean goesOn = true;
    while (goesOn && !held.isEmpty() && !identity.isBusy() && !outlet.isClosed()) {
      goesOn = !operations.isFull() && serve(held.removeFirst());
    }
    gate.set(Reason.AUTHENTICATING, identity.isBusy());
  }

  /** Returns false when a part of the frame has to wait for what is under way. */
  private boolean serve(Held frame) {
    if (frame.begun()) {
      return serveInOrder(frame.requests(), true);
    }
    operations.beginFrame();
    List<Request> requests = frame.requests();
    Principal holder = identity.principal();
    String tenantId = holder == null ? null : holder.tenantId();
    List<Request.Bad> bad = tenantId == null ? List.of() : BadFrame.of(requests);
    if (tenantId == null || bad.isEmpty()) {
      return serveInOrder(requests, false);
    }
    operations.admit(caller(), tenantId, bad);
    return serveInOrder(requests.stream().filter(Request.Ping.class::isInstance).toList(), false);
  }

  private boolean serveInOrder(List<Request> frame, boolean begun) {
    for (int at = 0; at < frame.size() && !outlet.isClosed(); at++) {
      if (identity.isBusy()) {
        held.addFirst(new Held(frame.subList(at, frame.size()), begun));
        break;
      }
      if (operations.isFull() || !serve(frame.get(at))) {
        held.addFirst(new Held(frame.subList(at, frame.size()), true));
        operations.sendPart(caller());
        return false;
      }
    }
    sendGathered();
    return true;
  }

  /** Returns false when the request has to wait for what is under way. */
  private boolean serve(Request request) {
    switch (request) {
      case Request.Auth auth -> {
        sendGathered();
        identity.present(auth);
      }
      case Request _ when identity.principal() == null ->
          outlet.close(CloseCode.UNAUTHENTICATED, "the first request must be auth");
      case Request.OnTenant onTenant -> {
        return serve(onTenant);
      }
      case Request.Unwatch unwatch -> watches.close(unwatch);
      case Request.Ping ping -> outlet.next().done(ping.id());
      case Request.Bad bad -> outlet.next().refused(bad.id(), bad.refusal());
    }
    return true;
  }

  private boolean serve(Request.OnTenant request) {
    return switch (Access.decide(holder(), request)) {
      case Access.Decision.Refused refused -> {
        outlet.next().refused(request.id(), refused.refusal());
        yield true;
      }
      case Access.Decision.Granted granted -> serve(request, granted.tenantId());
    };
  }

  private boolean serve(Request.OnTenant request, String tenantId) {
    return switch (request) {
      case Request.Data data -> operations.add(data.id(), tenantId, data.operation());
      case Request.Watch watch -> {
        sendGathered();
        watches.open(watch, tenantId);
        yield true;
      }
    };
  }

  /** What was gathered before something else in the frame goes before it. */
  private void sendGathered() {
    if (identity.principal() != null) {
      operations.send(caller());
    }
  }

  private Caller caller() {
    return holder().caller();
  }

  private Principal holder() {
    return Objects.requireNonNull(identity.principal(), "holder");
  }

  private void tick() {
    ticking = false;
    guarded(() -> {
      operations.expire();
      watches.expire();
    });
  }

  private void restart() {
    outlet.close(CloseCode.SERVICE_RESTART, "the node restarts");
  }

  private void guarded(Runnable action) {
    if (!over) {
      attempt(action);
      attempt(this::settle);
    }
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException fault) {
      LOG.error("a session has failed", fault);
      outlet.close(CloseReason.INTERNAL_ERROR, "internal error");
    }
  }

  /**
   * After everything that happens: what waits for room goes on, what was written leaves, and the
   * bounds are looked at.
   */
  private void settle() {
    if (!held.isEmpty()) {
      work();
    }
    outlet.flush();
    watches.flushed();
    if (stopping && operations.isEmpty() && held.isEmpty()) {
      restart();
    }
    if (outlet.isClosed()) {
      cleanUp();
      return;
    }
    gate.set(Reason.BUSY, operations.isFull() || !held.isEmpty());
    if (!ticking && (!operations.isEmpty() || watches.isOpening())) {
      ticking = true;
      socket.after(TICK, this::tick);
    }
  }

  private void cleanUp() {
    if (over) {
      return;
    }
    over = true;
    held.clear();
    watches.abandon();
    operations.abandon();
    identity.abandon();
    inbox.stop();
  }
}
