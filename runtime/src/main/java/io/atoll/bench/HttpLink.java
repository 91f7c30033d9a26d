package io.atoll.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP/1.1 connection that is kept alive, with one request under way. */
final class HttpLink extends Link {
  static final int DEPTH = 1;

  private static final int MAX_BODY_BYTES = 64 << 20;
  private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"(\\w+)\"");

  private final Wire wire;
  private final String host;

  HttpLink(int number, Owner owner, Wire wire, URI url) {
    super(number, DEPTH, owner);
    this.wire = wire;
    this.host = url.getAuthority();
  }

  @Override
  void install(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_BODY_BYTES), this);
  }

  @Override
  void write(Channel to, int slot, Call call) {
    to.write(request(call), to.voidPromise());
  }

  @Override
  void flush(Channel to) {
    to.flush();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    open(context.channel());
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    try {
      if (read instanceof FullHttpResponse response) {
        answered(0, outcome(response));
      }
    } finally {
      ReferenceCountUtil.release(read);
    }
  }

  private FullHttpRequest request(Call call) {
    String entries = "/v1/maps/" + Wire.map(call.map()) + "/entries";
    String entry = entries + "/" + Wire.key(call.key());
    FullHttpRequest request =
        switch (call.kind()) {
          case GET -> request(HttpMethod.GET, entry, Unpooled.EMPTY_BUFFER);
          case SCAN ->
              request(
                  HttpMethod.GET, entries + "?limit=" + wire.scanLimit(), Unpooled.EMPTY_BUFFER);
          case SET -> put(entry, Unpooled.wrappedBuffer(wire.value(call)));
        };
    if (wire.namesTenants()) {
      request.headers().set("x-atoll-tenant", wire.tenant(call));
    }
    return request;
  }

  private FullHttpRequest put(String path, ByteBuf body) {
    FullHttpRequest request = request(HttpMethod.PUT, path, body);
    request
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    return request;
  }

  private FullHttpRequest request(HttpMethod method, String path, ByteBuf body) {
    FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, body);
    request
        .headers()
        .set(HttpHeaderNames.HOST, host)
        .set(HttpHeaderNames.AUTHORIZATION, wire.credential());
    return request;
  }

  private static Outcome outcome(FullHttpResponse response) {
    int status = response.status().code();
    if (status < 400) {
      return Outcome.OK;
    }
    Matcher code = CODE.matcher(response.content().toString(UTF_8));
    return Outcome.of(code.find() ? code.group(1) : "HTTP_" + status);
  }
}
