package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private HttpServer node;
  private Api api;

  /** How many requests are answered with 503 before one is carried out. */
  private volatile int unanswered;

  @BeforeEach
  void start() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          exchange.sendResponseHeaders(keys.size() > unanswered ? 204 : 503, -1);
          exchange.close();
        });
    node.start();
    URI url = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
    api = new Api(new BenchSettings.Target(url, "key", false), Duration.ofMillis(1));
  }

  @AfterEach
  void stop() {
    api.close();
    node.stop(0);
  }

  @Test
  void whatIsNotAnsweredIsSentAgainUnderTheSameKey() {
    unanswered = 2;
    assertThat(api.insist("DELETE", "/api/tenants/acme", null).status()).isEqualTo(204);
    assertThat(keys).hasSize(3);
    assertThat(keys.stream().distinct()).hasSize(1);
  }

  @Test
  void aNodeThatNeverAnswersIsNotAskedForEver() {
    unanswered = Integer.MAX_VALUE;
    assertThat(api.insist("DELETE", "/api/tenants/acme", null).status()).isEqualTo(503);
    assertThat(keys).hasSize(Api.MOST_TRIES);
  }
}
