package io.atoll.http.socket;

/** What became of a message that was sent. */
public enum Sent {
  /** Taken, and more may follow. */
  FLOWING,
  /** Taken, but the peer reads slower than the session sends. */
  FULL,
  /** Dropped: the socket is closed. */
  CLOSED
}
