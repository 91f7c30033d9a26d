package io.atoll.http.socket;

/**
 * One side of an open socket: what the listener tells the session. All calls come one after the
 * other on the socket's own thread and must not block; {@link #closed} is the last one and comes
 * exactly once after {@link #opened}.
 */
public interface SocketSession {
  /** The handshake is done. Frames follow as long as the session does not pause them. */
  void opened(Socket socket);

  /**
   * A whole text message, its fragments joined, at most the listener's message bound. The bytes
   * belong to the session; that they are valid UTF-8 is not checked.
   */
  void received(byte[] text);

  /** What was sent has drained: after {@link Sent#FULL} the session may send again. */
  void writable();

  /**
   * The socket is gone: with the peer's close code, the session's own, 1006 for a lost connection,
   * 1009 for a message above the bound, 1003 for a binary message, 4408 for a peer that stopped
   * reading.
   */
  void closed(int code);
}
