package io.atoll.http.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** The HTTP/1.1 encoder; gives a whole answer one buffer, so that it leaves in one piece. */
final class AnswerEncoder extends HttpResponseEncoder {
  private static final int HEAD = 512;

  @Override
  protected void encodeInitialLine(ByteBuf buffer, HttpResponse response) throws Exception {
    if (response instanceof FullHttpResponse whole) {
      buffer.ensureWritable(HEAD + whole.content().readableBytes());
    }
    super.encodeInitialLine(buffer, response);
  }
}
