package io.atoll.http.listener;

import io.atoll.http.socket.Sent;
import io.atoll.http.socket.Socket;
import io.atoll.http.socket.SocketSession;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A session that echoes, does what a few words tell it, and remembers. */
final class RecordingSession implements SocketSession {
  final Queue<Integer> closed = new ConcurrentLinkedQueue<>();
  final AtomicInteger writable = new AtomicInteger();
  final AtomicBoolean paused = new AtomicBoolean();
  byte[] greeting = {};
  private volatile @Nullable Socket socket;

  boolean opened() {
    return socket != null;
  }

  Socket socket() {
    return java.util.Objects.requireNonNull(socket);
  }

  @Override
  public void opened(Socket opened) {
    if (greeting.length > 0) {
      opened.send(greeting);
    }
    socket = opened;
  }

  @Override
  public void received(byte[] text) {
    String words = new String(text, StandardCharsets.UTF_8);
    if (words.startsWith("close ")) {
      socket().send("last words".getBytes(StandardCharsets.UTF_8));
      socket().close(Integer.parseInt(words.substring(6)), "told to");
    } else if (words.equals("flood")) {
      while (socket().send(new byte[10_000]) == Sent.FLOWING) {
        paused.set(false);
      }
    } else if (words.equals("pause")) {
      socket().pause();
      paused.set(true);
    } else {
      socket().send(text);
    }
  }

  @Override
  public void writable() {
    writable.incrementAndGet();
  }

  @Override
  public void closed(int code) {
    closed.add(code);
  }
}
