package io.atoll.http.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;

/** Writes a large body slice by slice, as fast as the connection takes it. */
final class SlicedBody implements Outflow {
  private static final int SLICE = 32 * 1024;

  private final Channel channel;
  private final byte[] bytes;
  private final AnswerProgress progress;
  private int position;

  SlicedBody(Channel channel, byte[] bytes, AnswerProgress progress) {
    this.channel = channel;
    this.bytes = bytes;
    this.progress = progress;
  }

  @Override
  public void writable() {
    while (position < bytes.length && channel.isWritable()) {
      int length = Math.min(SLICE, bytes.length - position);
      var slice = Unpooled.wrappedBuffer(bytes, position, length);
      position += length;
      boolean last = position == bytes.length;
      ChannelFuture written =
          channel.writeAndFlush(
              last ? new DefaultLastHttpContent(slice) : new DefaultHttpContent(slice));
      written.addListener(future -> progress.written(future.isSuccess(), last));
    }
  }

  @Override
  public void abort() {
    position = bytes.length;
  }

  @Override
  public boolean endless() {
    return false;
  }
}
