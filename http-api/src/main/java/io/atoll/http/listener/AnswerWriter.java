package io.atoll.http.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/** Writes answers of the API's model to the wire. Called on the event loop. */
final class AnswerWriter {
  /** Up to here head and body leave in one write. */
  private static final int SMALL = 64 * 1024;

  private static final AsciiString REQUEST_ID = AsciiString.cached("X-Request-Id");
  private static final AsciiString TYPE_OPTIONS = AsciiString.cached("X-Content-Type-Options");
  private static final AsciiString NO_SNIFF = AsciiString.cached("nosniff");

  private final Channel channel;
  private final Materializer materializer;

  AnswerWriter(Channel channel, Materializer materializer) {
    this.channel = channel;
    this.materializer = materializer;
  }

  /** Writes the answer; what is still to be written of it is the outflow, null when nothing. */
  @Nullable Outflow write(
      Exchange exchange, HttpResponse response, boolean keepAlive, AnswerProgress progress) {
    ResponseEntity entity = response.entity();
    if (entity instanceof HttpEntity.Strict strict) {
      return strict(exchange, response, strict, keepAlive, progress);
    }
    return streamed(exchange, response, entity, keepAlive, progress);
  }

  /** Drops an answer that nobody waits for any more. */
  void drop(HttpResponse response) {
    if (!response.entity().isStrict()) {
      response.entity().getDataBytes().runWith(Sink.cancelled(), materializer);
    }
  }

  private @Nullable Outflow strict(
      Exchange exchange,
      HttpResponse response,
      HttpEntity.Strict entity,
      boolean keepAlive,
      AnswerProgress progress) {
    byte[] bytes = entity.getData().toArrayUnsafe();
    boolean bodiless = exchange.bodiless() || neverHasBody(response.status().intValue());
    boolean whole = bodiless || bytes.length <= SMALL;
    ByteBuf body = bodiless || !whole ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
    DefaultHttpResponse head =
        whole
            ? new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(response), body)
            : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(response));
    fill(head.headers(), exchange, response, keepAlive);
    if (!neverHasBody(response.status().intValue())) {
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    }
    if (whole) {
      channel.writeAndFlush(head).addListener(future -> progress.written(future.isSuccess(), true));
      return null;
    }
    channel.write(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    SlicedBody sliced = new SlicedBody(channel, bytes, progress);
    sliced.writable();
    return sliced;
  }

  private @Nullable Outflow streamed(
      Exchange exchange,
      HttpResponse response,
      ResponseEntity entity,
      boolean keepAlive,
      AnswerProgress progress) {
    if (exchange.bodiless()) {
      drop(response);
      return headOnly(exchange, response, keepAlive, progress);
    }
    DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(response));
    fill(head.headers(), exchange, response, keepAlive && exchange.chunkable());
    if (entity.getContentLengthOption().isPresent()) {
      head.headers()
          .set(HttpHeaderNames.CONTENT_LENGTH, entity.getContentLengthOption().getAsLong());
    } else if (exchange.chunkable()) {
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    channel.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    boolean endless = MediaTypes.TEXT_EVENT_STREAM.equals(entity.getContentType().mediaType());
    StreamedBody body = new StreamedBody(channel, endless, progress);
    entity.getDataBytes().runWith(Sink.fromSubscriber(body), materializer);
    return body;
  }

  private @Nullable Outflow headOnly(
      Exchange exchange, HttpResponse response, boolean keepAlive, AnswerProgress progress) {
    DefaultFullHttpResponse head =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(response), Unpooled.EMPTY_BUFFER);
    fill(head.headers(), exchange, response, keepAlive);
    channel.writeAndFlush(head).addListener(future -> progress.written(future.isSuccess(), true));
    return null;
  }

  private static void fill(
      HttpHeaders headers, Exchange exchange, HttpResponse response, boolean keepAlive) {
    for (HttpHeader header : response.getHeaders()) {
      headers.add(header.name(), header.value());
    }
    ContentType type = response.entity().getContentType();
    if (type.equals(ContentTypes.APPLICATION_JSON)) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    } else if (!type.equals(ContentTypes.NO_CONTENT_TYPE) && hasBody(response)) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, type.toString());
    }
    headers.set(REQUEST_ID, exchange.arrival.requestId());
    headers.set(TYPE_OPTIONS, NO_SNIFF);
    headers.set(HttpHeaderNames.DATE, HttpDate.now());
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!exchange.chunkable()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  private static boolean hasBody(HttpResponse response) {
    return !response.entity().isKnownEmpty() && !neverHasBody(response.status().intValue());
  }

  private static boolean neverHasBody(int status) {
    return status == 204 || status == 304;
  }

  private static HttpResponseStatus status(HttpResponse response) {
    return HttpResponseStatus.valueOf(response.status().intValue());
  }
}
