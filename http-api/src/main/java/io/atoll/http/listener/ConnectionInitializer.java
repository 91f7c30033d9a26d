package io.atoll.http.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** Makes a connection out of an accepted channel, or turns it away when there are too many. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
  private final ListenerContext listener;
  private final @Nullable TlsContext tls;

  ConnectionInitializer(ListenerContext listener, @Nullable TlsContext tls) {
    this.listener = listener;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (listener.connections().size() >= listener.settings().maxConnections()) {
      turnAway(channel);
      return;
    }
    listener.connections().add(channel);
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.current().newHandler(channel.alloc()));
    }
    pipeline.addLast(new StrictRequestDecoder(listener.settings().sizes()));
    pipeline.addLast(new AnswerEncoder());
    pipeline.addLast(new HttpConnection(listener, channel));
  }

  private void turnAway(Channel channel) {
    if (tls != null) {
      Departure.close(channel);
      return;
    }
    ByteBuf answer =
        Unpooled.wrappedBuffer(EdgeRefusal.CONNECTIONS.message(RequestIds.choose(null)));
    channel.writeAndFlush(answer).addListener(sent -> Departure.linger(channel));
  }
}
