package io.atoll.map;

import io.atoll.refusal.Refusal;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the subscriber of a watch is told. */
public sealed interface WatchReply {
  /** The number that the watch request carried. */
  long watchId();

  /** The watch holds from {@code seq} on; {@code feed} takes the subscriber's signals. */
  record Started(long watchId, long seq, ActorRef<WatchSignal> feed) implements WatchReply {}

  /** Changes in order; no more come until the subscriber signals {@link WatchSignal.Ready}. */
  record Changes(long watchId, List<Change> changes) implements WatchReply {}

  /** The watch was refused, or ended for this reason. */
  record Ended(long watchId, Reason reason, @Nullable Refusal refusal) implements WatchReply {}

  /** Why a watch ended. */
  enum Reason {
    REFUSED,
    SLOW_CONSUMER,
    STOPPED
  }

  /** One change of a map as a watcher sees it. */
  record Change(long seq, Kind kind, @Nullable Key key, byte @Nullable [] value, long version) {
    private static final long OVERHEAD = 64;

    /** About so many bytes of memory. */
    long size() {
      return OVERHEAD + (key == null ? 0 : key.length()) + (value == null ? 0 : value.length);
    }
  }

  /** The kinds of change. {@code RESET} says that the present entries follow as {@code SET}. */
  enum Kind {
    SET,
    DELETE,
    EXPIRE,
    CLEAR,
    RESET
  }
}
