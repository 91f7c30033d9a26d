package io.atoll.http.listener;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** One request on a connection and how far its answer is. Confined to the event loop. */
final class Exchange {
  final HttpRequest head;
  final Arrival arrival;
  final RequestBody body;
  final boolean upgrade;
  final long began = System.nanoTime();
  boolean received;
  boolean answered;
  @Nullable Outflow outflow;

  Exchange(HttpRequest head, Arrival arrival, RequestBody body, boolean upgrade) {
    this.head = head;
    this.arrival = arrival;
    this.body = body;
    this.upgrade = upgrade;
  }

  /** Whether the connection may go on after the answer. */
  boolean keepAlive() {
    return received && HttpUtil.isKeepAlive(head);
  }

  boolean bodiless() {
    return head.method().equals(HttpMethod.HEAD);
  }

  boolean chunkable() {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }
}
