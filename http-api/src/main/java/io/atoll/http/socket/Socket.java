package io.atoll.http.socket;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * An open WebSocket as its session holds it. Every method may be called from any thread and keeps
 * the order of the calls of one thread. {@link #execute} runs a task on the socket's own thread,
 * the one that calls the session, so a session that does all its work there needs no locks.
 */
public interface Socket extends Executor {
  /**
   * Sends one text message. The bytes are not copied and must not be changed afterwards. A session
   * that goes on after {@link Sent#FULL} fills memory: it waits for {@link SocketSession#writable}
   * or closes with {@link CloseCode#SLOW_CONSUMER}.
   */
  Sent send(byte[] text);

  /** The address of the peer, that behind a trusted proxy. */
  InetAddress client();

  /** Bytes that were sent and not yet handed to the network. */
  long pendingBytes();

  /** Stops reading from the peer; messages that were read already may still arrive. */
  void pause();

  /** Goes on reading after {@link #pause}. */
  void resume();

  /** Sends what was sent before, then a close frame, and closes. A second close does nothing. */
  void close(int code, String reason);

  /** Runs the task on the socket's thread after a delay, unless the socket is closed by then. */
  Timer after(Duration delay, Runnable task);

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Timer {
    void cancel();
  }
}
