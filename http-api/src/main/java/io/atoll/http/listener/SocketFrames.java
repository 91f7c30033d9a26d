package io.atoll.http.listener;

import io.atoll.http.socket.CloseCode;
import io.atoll.http.socket.SocketSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The incoming side of a WebSocket: whole messages to the session, pings and pongs, and the end of
 * peers that are silent or stopped reading. Confined to the event loop.
 */
final class SocketFrames extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(SocketFrames.class);

  private final ListenerSettings settings;
  private final Channel channel;
  private final SocketChannel socket;
  private final SocketSession session;
  private final Liveness liveness;
  private @Nullable Future<?> watch;
  private boolean reading = true;
  private boolean open;
  private boolean ending;
  private int code = CloseCode.LOST;

  SocketFrames(
      ListenerSettings settings, Channel channel, SocketChannel socket, SocketSession session) {
    this.settings = settings;
    this.channel = channel;
    this.socket = socket;
    this.session = session;
    var timeouts = settings.timeouts();
    this.liveness = new Liveness(timeouts.ping(), timeouts.stall(), System.nanoTime());
  }

  ChannelHandler aggregator() {
    return new WebSocketFrameAggregator(settings.sizes().maxBody());
  }

  void opened(boolean success) {
    if (!success || !channel.isActive()) {
      Departure.close(channel);
      return;
    }
    open = true;
    long interval = settings.timeouts().ping().toNanos();
    watch =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(this::watch, interval, interval, TimeUnit.NANOSECONDS);
    session.opened(socket);
    channel.read();
  }

  void reading(boolean wanted) {
    if (wanted && !reading) {
      liveness.heard(System.nanoTime());
      channel.read();
    }
    reading = wanted;
  }

  void progressed() {
    liveness.moved(System.nanoTime());
  }

  /** The session has closed: what the peer still sends is not for it. */
  void closedWith(int sent) {
    code = sent;
    ending = true;
  }

  /** The close frame, and all that was sent before it, has left. */
  void awaitPeerClose() {
    Departure.linger(channel);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      liveness.heard(System.nanoTime());
      if (message instanceof WebSocketFrame frame) {
        received(frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (reading) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ListenerStop.EVENT) {
      socket.close(CloseCode.SERVICE_RESTART, "the node restarts");
    } else if (event instanceof io.netty.channel.socket.ChannelInputShutdownEvent) {
      Departure.close(channel);
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    socket.ended();
    if (watch != null) {
      watch.cancel(false);
    }
    if (open) {
      open = false;
      session.closed(code);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      socket.close(CloseCode.TOO_BIG, "the message is above the limit");
    } else if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      socket.close(corrupted.closeStatus().code(), "malformed frame");
    } else {
      LOG.debug("socket {} failed", channel, cause);
      Departure.close(channel);
    }
  }

  private void received(WebSocketFrame frame) {
    if (ending) {
      if (frame instanceof CloseWebSocketFrame) {
        Departure.close(channel);
      }
      return;
    }
    switch (frame) {
      case TextWebSocketFrame text -> session.received(bytes(text.content()));
      case BinaryWebSocketFrame binary ->
          socket.close(CloseCode.UNSUPPORTED_DATA, "only text messages");
      case PingWebSocketFrame ping -> answer(new PongWebSocketFrame(ping.content().retain()));
      case CloseWebSocketFrame close -> peerClosed(close);
      default -> LOG.trace("a pong of {}", channel);
    }
  }

  private void peerClosed(CloseWebSocketFrame close) {
    int status = close.statusCode();
    code = status < 0 ? CloseCode.NORMAL : status;
    socket.ended();
    ending = true;
    channel
        .writeAndFlush(new CloseWebSocketFrame(code, ""))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void answer(WebSocketFrame frame) {
    channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private void watch() {
    switch (liveness.judge(System.nanoTime(), reading, socket.pendingBytes() > 0)) {
      case WELL -> LOG.trace("{} is well", channel);
      case ASK -> answer(new PingWebSocketFrame());
      case SILENT -> Departure.close(channel);
      case STALLED -> {
        code = CloseCode.SLOW_CONSUMER;
        Departure.close(channel);
      }
    }
  }

  private static byte[] bytes(ByteBuf content) {
    return ByteBufUtil.getBytes(content);
  }
}
