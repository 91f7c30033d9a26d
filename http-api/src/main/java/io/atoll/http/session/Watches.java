package io.atoll.http.session;

import io.atoll.http.socket.CloseCode;
import io.atoll.http.socket.Socket;
import io.atoll.map.WatchReply;
import io.atoll.map.WatchSignal;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;
import io.atoll.tenant.TenantCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * The watches of a session. A feed gets its next signal only when the socket took what came before.
 * A watch whose feed is lost, because its tenant moved or restarted, is opened again behind the
 * last change that was sent, and the client sees nothing of it.
 */
final class Watches {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int LONGEST_PAUSE = 6;

  private final SessionEnvironment environment;
  private final Outlet outlet;
  private final Socket socket;
  private final SessionInbox inbox;
  private final Supplier<Caller> caller;
  private final Map<RequestId, Watch> byId = new HashMap<>();
  private final Map<Long, Watch> byNumber = new HashMap<>();
  private final List<Watch> waiting = new ArrayList<>();
  private long numbers;

  Watches(
      SessionEnvironment environment,
      Outlet outlet,
      Socket socket,
      SessionInbox inbox,
      Supplier<Caller> caller) {
    this.environment = environment;
    this.outlet = outlet;
    this.socket = socket;
    this.inbox = inbox;
    this.caller = caller;
  }

  /** Starts a watch. */
  void open(Request.Watch request, String tenantId) {
    if (byId.containsKey(request.id())) {
      refuse(request.id(), ErrorCode.CONFLICT, "a watch with this id is open");
    } else if (byId.size() + unwantedCount() >= environment.settings().maxWatches()) {
      refuse(
          request.id(),
          ErrorCode.INVALID_REQUEST,
          "a session has at most " + environment.settings().maxWatches() + " watches");
    } else {
      Watch watch = new Watch(request, tenantId);
      byId.put(watch.id(), watch);
      ask(watch);
    }
  }

  /** Ends a watch. */
  void close(Request.Unwatch request) {
    Watch watch = byId.remove(request.watch());
    if (watch == null) {
      refuse(request.id(), ErrorCode.NOT_FOUND, "no watch with this id is open");
      return;
    }
    watch.unwanted();
    waiting.remove(watch);
    stop(watch);
    outlet.next().done(request.id());
  }

  void on(WatchReply reply) {
    Watch watch = byNumber.get(reply.watchId());
    switch (reply) {
      case WatchReply.Started started -> started(watch, started);
      case WatchReply.Changes changes -> changed(watch, changes);
      case WatchReply.Ended ended -> ended(watch, ended);
    }
  }

  /** An actor that fed a watch has ended, perhaps without a word. */
  void terminated(org.apache.pekko.actor.ActorRef actor) {
    for (Watch watch : List.copyOf(byNumber.values())) {
      ActorRef<WatchSignal> feed = watch.feed();
      if (feed != null && Adapter.toClassic(feed).equals(actor)) {
        again(watch);
      }
    }
  }

  /** The socket took what was written: the feeds may go on. */
  void flushed() {
    if (waiting.isEmpty() || outlet.isFull()) {
      return;
    }
    for (Watch watch : waiting) {
      signal(watch, WatchSignal.READY);
    }
    waiting.clear();
  }

  /** Gives up the openings that were not answered for too long. */
  void expire() {
    long timeout = environment.settings().requestTimeout().toNanos();
    long now = environment.time().nanoTime();
    for (Watch watch : List.copyOf(byNumber.values())) {
      if (watch.feed() == null && now - watch.openedAt() >= timeout) {
        refused(watch, Refusal.of(ErrorCode.UNAVAILABLE, "the watch was not opened in time"));
      }
    }
  }

  /** Whether an opening waits for its answer. */
  boolean isOpening() {
    return byNumber.values().stream().anyMatch(watch -> watch.feed() == null);
  }

  /** Ends all watches. */
  void abandon() {
    byNumber.values().forEach(watch -> signal(watch, WatchSignal.STOP));
    byNumber.clear();
    byId.clear();
    waiting.clear();
  }

  private void ask(Watch watch) {
    long number = numbers++;
    watch.opening(number, environment.time().nanoTime());
    byNumber.put(number, watch);
    Request.Watch request = watch.request();
    environment
        .tenants()
        .tell(
            watch.tenantId(),
            new TenantCommand.Watch(
                caller.get(),
                number,
                request.map(),
                request.prefix(),
                watch.position(),
                inbox.ref()));
  }

  private void started(@Nullable Watch watch, WatchReply.Started started) {
    if (watch == null) {
      started.feed().tell(WatchSignal.STOP);
      return;
    }
    if (!watch.isAnswered()) {
      outlet.next().watching(watch.id(), started.seq());
    }
    watch.started(started.seq(), started.feed());
    inbox.watch(started.feed());
    if (watch.isUnwanted()) {
      stop(watch);
    }
  }

  private void changed(@Nullable Watch watch, WatchReply.Changes changes) {
    if (watch == null || watch.isUnwanted()) {
      return;
    }
    for (WatchReply.Change change : changes.changes()) {
      outlet.next().change(watch.id(), change);
      watch.passed(change);
    }
    waiting.add(watch);
  }

  private void ended(@Nullable Watch watch, WatchReply.Ended ended) {
    if (watch == null) {
      return;
    }
    switch (ended.reason()) {
      case REFUSED -> refused(watch, reasonOf(ended));
      case SLOW_CONSUMER -> outlet.close(CloseCode.SLOW_CONSUMER, "a watch cannot keep up");
      case STOPPED -> refused(watch, reasonOf(ended));
    }
  }

  private static Refusal reasonOf(WatchReply.Ended ended) {
    Refusal refusal = ended.refusal();
    return refusal == null ? Refusal.of(ErrorCode.UNAVAILABLE, "the watch was stopped") : refusal;
  }

  private void refused(Watch watch, Refusal refusal) {
    if (!watch.isAnswered()) {
      forget(watch);
      outlet.next().refused(watch.id(), refusal);
    } else if (isPassing(refusal)) {
      again(watch);
    } else {
      forget(watch);
      outlet.next().watchEnded(watch.id(), refusal);
    }
  }

  private static boolean isPassing(Refusal refusal) {
    return refusal.code() == ErrorCode.RATE_LIMITED || refusal.code() == ErrorCode.UNAVAILABLE;
  }

  /** Opens a watch again after a pause, the longer the more often it was lost in a row. */
  private void again(Watch watch) {
    detach(watch);
    waiting.remove(watch);
    int losses = Math.min(watch.lost(), LONGEST_PAUSE);
    socket.after(PAUSE.multipliedBy(1L << losses), () -> askAgain(watch));
  }

  private void askAgain(Watch watch) {
    if (byId.get(watch.id()) == watch) {
      ask(watch);
    }
  }

  /** Takes a watch from its feed, if it has one yet; one without is stopped when it gets it. */
  private void stop(Watch watch) {
    if (watch.feed() != null) {
      signal(watch, WatchSignal.STOP);
      detach(watch);
    }
  }

  private void forget(Watch watch) {
    detach(watch);
    byId.remove(watch.id(), watch);
  }

  private void detach(Watch watch) {
    byNumber.remove(watch.number());
    ActorRef<WatchSignal> feed = watch.feed();
    if (feed != null) {
      inbox.unwatch(feed);
    }
  }

  private static void signal(Watch watch, WatchSignal signal) {
    ActorRef<WatchSignal> feed = watch.feed();
    if (feed != null) {
      feed.tell(signal);
    }
  }

  private long unwantedCount() {
    return byNumber.values().stream().filter(Watch::isUnwanted).count();
  }

  private void refuse(RequestId id, ErrorCode code, String detail) {
    outlet.next().refused(id, Refusal.of(code, detail));
  }
}
