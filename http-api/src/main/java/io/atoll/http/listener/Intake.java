package io.atoll.http.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.jspecify.annotations.Nullable;

/** Turns request heads into exchanges and exchanges into calls of the API. */
final class Intake {
  private final ListenerContext listener;
  private final Channel channel;
  private final Runnable wake;

  Intake(ListenerContext listener, Channel channel, Runnable wake) {
    this.listener = listener;
    this.channel = channel;
    this.wake = wake;
  }

  Exchange begin(HttpRequest head) {
    if (head.decoderResult().isFailure()) {
      return exchange(head, "/", -1, false);
    }
    String target = RequestModel.target(head.uri());
    long declared = HttpUtil.isTransferEncodingChunked(head) ? -1 : length(head);
    boolean upgrade = target != null && SocketUpgrade.asksFor(head, target);
    return exchange(head, target == null ? "" : target, declared, upgrade);
  }

  /** An exchange for a request that never came. */
  Exchange none() {
    var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    return exchange(head, "/", 0, false);
  }

  @Nullable EdgeRefusal flaw(Exchange exchange) {
    EdgeRefusal flaw = RequestHead.flaw(exchange.head, listener.settings().sizes());
    return flaw == null && exchange.arrival.target().isEmpty() ? EdgeRefusal.TARGET : flaw;
  }

  /** Tells a client that waits for it to go on with the body. */
  void encourage(Exchange exchange) {
    if (HttpUtil.is100ContinueExpected(exchange.head)) {
      channel
          .writeAndFlush(
              new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  CompletionStage<HttpResponse> answer(Exchange exchange, RequestEntity entity) {
    org.apache.pekko.http.javadsl.model.HttpRequest request;
    try {
      request = RequestModel.of(exchange.head, entity, exchange.arrival);
    } catch (IllegalUriException | IllegalArgumentException malformed) {
      return CompletableFuture.completedFuture(
          EdgeRefusal.TARGET.response(exchange.arrival.requestId()));
    }
    try {
      return listener.api().apply(request);
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private Exchange exchange(HttpRequest head, String target, long declared, boolean upgrade) {
    String id = RequestIds.choose(head.headers().get("X-Request-Id"));
    InetAddress client = listener.addresses().resolve(peer(channel), head.headers());
    boolean sound = head.decoderResult().isSuccess();
    RequestBody body =
        new RequestBody(
            listener.settings().sizes(),
            sound ? RequestModel.contentType(head) : ContentTypes.NO_CONTENT_TYPE,
            declared,
            listener.materializer(),
            channel.eventLoop(),
            wake);
    return new Exchange(head, new Arrival(target, client, id, channel.eventLoop()), body, upgrade);
  }

  static InetAddress peer(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress socket
        ? socket.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  private static long length(HttpRequest head) {
    return HttpUtil.getContentLength(head, 0L);
  }
}
