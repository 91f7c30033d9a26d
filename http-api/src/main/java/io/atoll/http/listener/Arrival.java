package io.atoll.http.listener;

import java.net.InetAddress;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * How a request came: its target exactly as sent (path and query, still percent-encoded), the
 * client's address, the id that names the request in answers and logs, and the executor on which
 * its answer is awaited.
 */
public record Arrival(String target, InetAddress client, String requestId, Executor executor) {
  private static final AttributeKey<Arrival> KEY = AttributeKey.create("atoll", Arrival.class);

  /** The arrival of a request that came through the listener. */
  public static Arrival of(HttpRequest request) {
    return request.getAttribute(KEY).orElseThrow();
  }

  /** The request with this arrival attached. */
  public HttpRequest attachTo(HttpRequest request) {
    return request.addAttribute(KEY, this);
  }
}
