package io.atoll.http.listener;

import io.atoll.http.socket.SocketDecision;
import io.atoll.http.socket.SocketRequest;
import io.atoll.http.socket.SocketSession;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.jspecify.annotations.Nullable;

/** The way of one request from HTTP to a WebSocket. Confined to the event loop. */
final class SocketUpgrade {
  static final String PATH = "/v1/ws";
  static final String PROTOCOL = "atoll.v1.json";
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  private final ListenerContext listener;
  private final Channel channel;
  private final HttpConnection connection;
  private final Exchange exchange;

  SocketUpgrade(
      ListenerContext listener, Channel channel, HttpConnection connection, Exchange exchange) {
    this.listener = listener;
    this.channel = channel;
    this.connection = connection;
    this.exchange = exchange;
  }

  /** Whether the request asks for a WebSocket where there is one. */
  static boolean asksFor(HttpRequest head, String target) {
    return head.method().equals(HttpMethod.GET)
        && (target.equals(PATH) || target.startsWith(PATH + "?"))
        && head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  void decide(RequestEntity entity) {
    EdgeRefusal flaw = flaw(entity);
    if (flaw != null) {
      connection.refuse(exchange, flaw);
      return;
    }
    ask(entity)
        .whenComplete(
            (decision, failure) -> channel.eventLoop().execute(() -> decided(decision, failure)));
  }

  private CompletionStage<SocketDecision> ask(RequestEntity entity) {
    try {
      var request = RequestModel.of(exchange.head, entity, exchange.arrival);
      Arrival arrival = exchange.arrival;
      return listener
          .sockets()
          .decide(new SocketRequest(request, arrival.client(), arrival.requestId()));
    } catch (IllegalUriException malformed) {
      return CompletableFuture.completedFuture(
          new SocketDecision.Refuse(EdgeRefusal.TARGET.response(exchange.arrival.requestId())));
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private void decided(@Nullable SocketDecision decision, @Nullable Throwable failure) {
    switch (decision) {
      case null -> connection.answered(exchange, null, failure);
      case SocketDecision.Refuse refuse -> connection.answered(exchange, refuse.response(), null);
      case SocketDecision.Accept accept -> accept(accept.session());
    }
  }

  private void accept(SocketSession session) {
    if (!channel.isActive()) {
      return;
    }
    int limit = listener.settings().sizes().maxBody();
    var decoding =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(limit)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .build();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshaker13(PATH, PROTOCOL, decoding);
    connection.release();
    channel.pipeline().remove(connection);
    SocketChannel socket =
        SocketChannel.install(listener, channel, session, exchange.arrival.client());
    handshake(handshaker).addListener(done -> socket.opened(done.isSuccess()));
  }

  private ChannelFuture handshake(WebSocketServerHandshaker handshaker) {
    var request =
        new DefaultFullHttpRequest(
            exchange.head.protocolVersion(),
            exchange.head.method(),
            exchange.head.uri(),
            Unpooled.EMPTY_BUFFER,
            exchange.head.headers(),
            io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE);
    var answer = new io.netty.handler.codec.http.DefaultHttpHeaders();
    answer.set("X-Request-Id", exchange.arrival.requestId());
    return handshaker.handshake(channel, request, answer, channel.newPromise());
  }

  private @Nullable EdgeRefusal flaw(RequestEntity entity) {
    HttpHeaders headers = exchange.head.headers();
    if (!entity.isKnownEmpty()
        || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      return EdgeRefusal.HANDSHAKE;
    }
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (key == null || !KEY.matcher(key).matches()) {
      return EdgeRefusal.HANDSHAKE;
    }
    if (!"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return EdgeRefusal.SOCKET_VERSION;
    }
    if (!protocolKnown(headers)) {
      return EdgeRefusal.SUBPROTOCOL;
    }
    return originAllowed(headers) ? null : EdgeRefusal.ORIGIN;
  }

  private static boolean protocolKnown(HttpHeaders headers) {
    List<String> offered = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    return offered.isEmpty()
        || headers.containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, PROTOCOL, false);
  }

  private boolean originAllowed(HttpHeaders headers) {
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    if (origins.size() > 1) {
      return false;
    }
    String origin = origins.isEmpty() ? null : origins.getFirst();
    return listener.origins().allows(origin, scheme(headers), headers.get(HttpHeaderNames.HOST));
  }

  /** How the client reached us: what a trusted proxy says, else what this connection is. */
  private String scheme(HttpHeaders headers) {
    String forwarded = headers.get("X-Forwarded-Proto");
    if (forwarded != null && listener.addresses().trusts(Intake.peer(channel))) {
      return forwarded;
    }
    return channel.pipeline().get(SslHandler.class) == null ? "http" : "https";
  }
}
