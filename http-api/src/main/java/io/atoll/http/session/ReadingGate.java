package io.atoll.http.session;

import io.atoll.http.socket.Socket;
import java.util.EnumSet;

/** Stops reading from the peer as long as there is any reason to. */
final class ReadingGate {
  private final Socket socket;
  private final EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);

  /** Why nothing is read. */
  enum Reason {
    /** A credential is being checked. */
    AUTHENTICATING,
    /** As much as may be is under way. */
    BUSY,
    /** The peer does not take what it was sent. */
    UNREAD,
    /** The session is ending. */
    STOPPING
  }

  ReadingGate(Socket socket) {
    this.socket = socket;
  }

  /** Takes this reason in, or out. */
  void set(Reason reason, boolean applies) {
    if (applies) {
      close(reason);
    } else {
      open(reason);
    }
  }

  private void close(Reason reason) {
    boolean reading = reasons.isEmpty();
    if (reasons.add(reason) && reading) {
      socket.pause();
    }
  }

  private void open(Reason reason) {
    if (reasons.remove(reason) && reasons.isEmpty()) {
      socket.resume();
    }
  }
}
