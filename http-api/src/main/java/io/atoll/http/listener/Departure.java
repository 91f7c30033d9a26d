package io.atoll.http.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closing without losing what was just written: a connection that is closed while its peer still
 * sends is reset, and the answer with it, so the rest is read and thrown away for a short time.
 */
final class Departure {
  private static final long LINGER_MILLIS = 2_000;

  private Departure() {}

  static void close(Channel channel) {
    channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  /** Half-closes, and closes when the peer does, at the latest after two seconds. */
  static void linger(Channel channel) {
    if (channel.pipeline().get(SslHandler.class) == null && channel instanceof DuplexChannel both) {
      both.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
    channel.config().setAutoRead(true);
    Future<?> end =
        channel.eventLoop().schedule(() -> close(channel), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> end.cancel(false));
  }

  /** Bytes that were written and not yet taken by the network. */
  static long pending(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
