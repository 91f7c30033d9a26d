package io.atoll.http.session;

import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import io.atoll.map.WatchSignal;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One watch of a session: what it asked for, and from where it would go on. */
final class Watch {
  private final Request.Watch request;
  private final String tenantId;
  private long number;
  private long position;
  private long resetAt;
  private long openedAt;
  private int losses;
  private boolean answered;
  private boolean unwanted;
  private @Nullable ActorRef<WatchSignal> feed;

  Watch(Request.Watch request, String tenantId) {
    this.request = request;
    this.tenantId = tenantId;
    this.position = request.since();
    this.resetAt = -1;
  }

  RequestId id() {
    return request.id();
  }

  Request.Watch request() {
    return request;
  }

  String tenantId() {
    return tenantId;
  }

  /** The number under which the feed knows the watch; each opening has its own. */
  long number() {
    return number;
  }

  /** The change behind which the watch goes on, -1 for "from now on". */
  long position() {
    return position;
  }

  /** The monotonic time of the last opening, in nanoseconds. */
  long openedAt() {
    return openedAt;
  }

  /** What feeds the watch, null as long as that is not known. */
  @Nullable ActorRef<WatchSignal> feed() {
    return feed;
  }

  /** Whether the client knows that the watch holds. */
  boolean isAnswered() {
    return answered;
  }

  /** The watch is asked for, for the first time or again. */
  void opening(long newNumber, long now) {
    number = newNumber;
    openedAt = now;
    feed = null;
  }

  /** The watch holds from this change on. */
  void started(long seq, ActorRef<WatchSignal> newFeed) {
    feed = newFeed;
    answered = true;
    position = position < 0 ? seq : position;
  }

  /** Whether the client has ended the watch. */
  boolean isUnwanted() {
    return unwanted;
  }

  /** The client has ended the watch. */
  void unwanted() {
    unwanted = true;
  }

  /** Nothing feeds the watch any more; answers how often in a row that has happened. */
  int lost() {
    feed = null;
    return ++losses;
  }

  /**
   * A change is on its way to the client. The entries that follow a reset carry older numbers, so
   * the watch goes on from behind the reset only when a later change has come.
   */
  void passed(Change change) {
    losses = 0;
    if (change.kind() == Kind.RESET) {
      resetAt = change.seq();
    } else if (change.seq() > resetAt) {
      position = Math.max(position, change.seq());
    }
  }
}
