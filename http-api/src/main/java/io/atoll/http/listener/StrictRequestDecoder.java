package io.atoll.http.listener;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** The HTTP/1.1 decoder with our bounds; refuses what a proxy before us could read differently. */
final class StrictRequestDecoder extends HttpRequestDecoder {
  private static final int METHOD_AND_VERSION = 32;

  StrictRequestDecoder(ListenerSettings.Sizes sizes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(sizes.maxUri() + METHOD_AND_VERSION)
            .setMaxHeaderSize(sizes.maxHeaderBlock())
            .setMaxChunkSize(sizes.buffer()));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new FramingException();
  }
}
