package io.atoll.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A WebSocket: what is written in one turn of the event loop travels as one frame. */
final class SocketLink extends Link {
  private static final int MAX_FRAME_BYTES = 64 << 20;
  private static final int FULL_FRAME = 1 << 20;
  private static final int HANDSHAKE_BYTES = 64 << 10;
  private static final byte[] ID = "{\"id\":".getBytes(US_ASCII);
  private static final byte[] GET = ",\"op\":\"get\"".getBytes(US_ASCII);
  private static final byte[] SET = ",\"op\":\"set\"".getBytes(US_ASCII);
  private static final byte[] SCAN = ",\"op\":\"scan\"".getBytes(US_ASCII);
  private static final byte[] MAP = ",\"map\":\"".getBytes(US_ASCII);
  private static final byte[] KEY = "\",\"key\":\"".getBytes(US_ASCII);
  private static final byte[] VALUE = "\",\"value\":".getBytes(US_ASCII);
  private static final byte[] LIMIT = "\",\"limit\":".getBytes(US_ASCII);

  private final Wire wire;
  private final URI uri;
  private final ReplyReader reader = new ReplyReader(this::answered);
  private byte[] message = new byte[8 << 10];
  private @Nullable ByteBuf frame;

  SocketLink(int number, int depth, Owner owner, Wire wire, URI url) {
    super(number, depth, owner);
    this.wire = wire;
    this.uri = URI.create("ws" + url.toString().substring("http".length())).resolve("/v1/ws");
  }

  @Override
  void install(ChannelPipeline pipeline) {
    WebSocketClientProtocolConfig config =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(uri)
            .subprotocol("atoll.v1.json")
            .customHeaders(
                new DefaultHttpHeaders().set(HttpHeaderNames.AUTHORIZATION, wire.credential()))
            .maxFramePayloadLength(MAX_FRAME_BYTES)
            .handleCloseFrames(false)
            .build();
    pipeline.addLast(
        new HttpClientCodec(),
        new HttpObjectAggregator(HANDSHAKE_BYTES),
        new WebSocketClientProtocolHandler(config),
        new WebSocketFrameAggregator(MAX_FRAME_BYTES),
        this);
  }

  @Override
  void write(Channel to, int slot, Call call) {
    ByteBuf out = frame;
    if (out == null) {
      out = to.alloc().buffer();
      frame = out;
      out.writeByte('[');
    } else {
      out.writeByte(',');
    }
    out.writeBytes(ID);
    digits(out, slot);
    out.writeBytes(operation(call.kind())).writeBytes(wire.tenantMember(call));
    out.writeBytes(MAP).writeByte('m');
    digits(out, call.map());
    arguments(out, call);
    out.writeByte('}');
    if (out.readableBytes() >= FULL_FRAME) {
      flush(to);
    }
  }

  @Override
  void flush(Channel to) {
    ByteBuf out = frame;
    if (out != null) {
      frame = null;
      to.writeAndFlush(new TextWebSocketFrame(out.writeByte(']')), to.voidPromise());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      open(context.channel());
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    try {
      if (read instanceof TextWebSocketFrame text) {
        replies(text.content());
      } else if (read instanceof CloseWebSocketFrame close) {
        losing("CLOSED_" + close.statusCode());
        context.close();
      }
    } finally {
      ReferenceCountUtil.release(read);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (frame != null) {
      frame.release();
      frame = null;
    }
    super.channelInactive(context);
  }

  private void replies(ByteBuf text) {
    int length = text.readableBytes();
    if (message.length < length) {
      message = new byte[length];
    }
    text.readBytes(message, 0, length);
    reader.read(message, length);
  }

  private void arguments(ByteBuf out, Call call) {
    switch (call.kind()) {
      case SCAN -> {
        out.writeBytes(LIMIT);
        digits(out, wire.scanLimit());
      }
      case GET -> {
        key(out, call);
        out.writeByte('"');
      }
      case SET -> {
        key(out, call);
        out.writeBytes(VALUE).writeBytes(wire.value(call));
      }
    }
  }

  private static byte[] operation(Kind kind) {
    return switch (kind) {
      case GET -> GET;
      case SET -> SET;
      case SCAN -> SCAN;
    };
  }

  private static void key(ByteBuf out, Call call) {
    out.writeBytes(KEY).writeByte('k');
    digits(out, call.key());
  }

  private static void digits(ByteBuf out, int number) {
    ByteBufUtil.writeAscii(out, Integer.toString(number));
  }
}
