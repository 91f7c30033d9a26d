package io.atoll.http.listener;

import io.atoll.http.socket.Sent;
import io.atoll.http.socket.Socket;
import io.atoll.http.socket.SocketSession;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An open WebSocket on a Netty channel. Messages of any thread gather in a queue which the event
 * loop writes with one flush.
 */
final class SocketChannel implements Socket {
  private final Channel channel;
  private final InetAddress client;
  private final SocketSession session;
  private final int highMark;
  private final SocketFrames frames;
  private final ConcurrentLinkedQueue<byte[]> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();

  private SocketChannel(
      ListenerContext listener, Channel channel, SocketSession session, InetAddress client) {
    this.client = client;
    this.channel = channel;
    this.session = session;
    this.highMark = listener.settings().sizes().buffer();
    this.frames = new SocketFrames(listener.settings(), channel, this, session);
  }

  /** Puts a socket at the end of the channel's pipeline. */
  static SocketChannel install(
      ListenerContext listener, Channel channel, SocketSession session, InetAddress client) {
    SocketChannel socket = new SocketChannel(listener, channel, session, client);
    channel.pipeline().addLast(socket.frames.aggregator(), socket.frames);
    return socket;
  }

  void opened(boolean success) {
    frames.opened(success);
  }

  @Override
  public Sent send(byte[] text) {
    if (closing.get()) {
      return Sent.CLOSED;
    }
    boolean over = pending.addAndGet(text.length) > highMark;
    if (over) {
      full.set(true);
    }
    queue.add(text);
    wake();
    return over ? Sent.FULL : Sent.FLOWING;
  }

  @Override
  public InetAddress client() {
    return client;
  }

  @Override
  public long pendingBytes() {
    return pending.get();
  }

  @Override
  public void pause() {
    execute(() -> frames.reading(false));
  }

  @Override
  public void resume() {
    execute(() -> frames.reading(true));
  }

  @Override
  public void close(int code, String reason) {
    if (closing.compareAndSet(false, true)) {
      execute(() -> sendClose(code, reason));
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Future<?> timer =
        channel.eventLoop().schedule(() -> whileOpen(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  @Override
  public void execute(Runnable task) {
    channel.eventLoop().execute(task);
  }

  /** No message is taken any more. */
  void ended() {
    closing.set(true);
    queue.clear();
  }

  private void whileOpen(Runnable task) {
    if (channel.isActive()) {
      task.run();
    }
  }

  private void wake() {
    if (scheduled.compareAndSet(false, true)) {
      execute(this::drain);
    }
  }

  private void drain() {
    scheduled.set(false);
    if (Departure.pending(channel) == 0) {
      frames.progressed();
    }
    long bytes = 0;
    ChannelFuture last = null;
    for (byte[] text = queue.poll(); text != null; text = queue.poll()) {
      bytes += text.length;
      last = channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
    }
    if (last != null) {
      long written = bytes;
      last.addListener(future -> drained(written));
      channel.flush();
    }
  }

  private void drained(long bytes) {
    frames.progressed();
    if (pending.addAndGet(-bytes) <= highMark / 2
        && full.compareAndSet(true, false)
        && !closing.get()) {
      session.writable();
    }
  }

  private void sendClose(int code, String reason) {
    drain();
    frames.closedWith(code);
    channel
        .writeAndFlush(new CloseWebSocketFrame(code, reason))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE)
        .addListener(written -> frames.awaitPeerClose());
  }
}
