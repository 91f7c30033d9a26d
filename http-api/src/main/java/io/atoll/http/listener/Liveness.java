package io.atoll.http.listener;

import java.time.Duration;

/**
 * The rule of which WebSocket peer is still there. A peer is silent only when it left a ping
 * unanswered for a whole interval: a node that was held up itself asks first. Times are those of
 * {@link System#nanoTime}; confined to the event loop.
 */
final class Liveness {
  private final long interval;
  private final long stall;
  private long heard;
  private long moved;
  private long asked;
  private boolean waiting;

  /** What to do about a peer. */
  enum Verdict {
    WELL,
    ASK,
    SILENT,
    STALLED
  }

  Liveness(Duration interval, Duration stall, long now) {
    this.interval = interval.toNanos();
    this.stall = stall.toNanos();
    this.heard = now;
    this.moved = now;
  }

  /** Something came from the peer, or may come again. */
  void heard(long now) {
    heard = now;
    waiting = false;
  }

  /** The peer took of what is sent to it. */
  void moved(long now) {
    moved = now;
  }

  /** Judges the peer; {@code listening} while its answers are read. */
  Verdict judge(long now, boolean listening, boolean pending) {
    if (!pending) {
      moved = now;
    }
    if (listening && waiting && now - asked >= interval) {
      return Verdict.SILENT;
    }
    if (now - moved >= stall) {
      return Verdict.STALLED;
    }
    return now - heard >= interval ? ask(now) : Verdict.WELL;
  }

  private Verdict ask(long now) {
    if (!waiting) {
      waiting = true;
      asked = now;
    }
    return Verdict.ASK;
  }
}
