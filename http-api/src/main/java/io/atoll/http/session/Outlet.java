package io.atoll.http.session;

import io.atoll.http.session.ReadingGate.Reason;
import io.atoll.http.socket.CloseCode;
import io.atoll.http.socket.Sent;
import io.atoll.http.socket.Socket;

/**
 * What leaves a session. Everything written between two flushes shares a frame. A peer that does
 * not read is not read from either, and closed as a slow consumer when too much waits for it.
 */
final class Outlet {
  private static final int FULL_FRAME = 1 << 20;

  private final Socket socket;
  private final ReadingGate gate;
  private final long maxPendingBytes;
  private final ReplyWriter writer = new ReplyWriter();
  private boolean full;
  private boolean closed;

  /** An outlet that leaves at most about so many bytes to a peer that does not read. */
  Outlet(Socket socket, ReadingGate gate, long maxPendingBytes) {
    this.socket = socket;
    this.gate = gate;
    this.maxPendingBytes = maxPendingBytes;
  }

  /** Where the next reply goes. */
  ReplyWriter next() {
    if (writer.length() >= FULL_FRAME) {
      flush();
    }
    return writer;
  }

  void flush() {
    if (writer.isEmpty()) {
      return;
    }
    byte[] frame = writer.take();
    if (closed) {
      return;
    }
    if (socket.send(frame) == Sent.FULL) {
      filled();
    }
  }

  /** Whether the peer reads slower than it is sent to. */
  boolean isFull() {
    return full;
  }

  boolean isClosed() {
    return closed;
  }

  /** The socket takes more again. */
  void writable() {
    full = false;
    gate.set(Reason.UNREAD, false);
  }

  /** Sends what was written, then closes; later calls do nothing. */
  void close(int code, String reason) {
    flush();
    if (!closed) {
      closed = true;
      socket.close(code, reason);
    }
  }

  private void filled() {
    full = true;
    gate.set(Reason.UNREAD, true);
    if (socket.pendingBytes() > maxPendingBytes) {
      close(CloseCode.SLOW_CONSUMER, "too much was left unread");
    }
  }
}
