package io.atoll.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.atoll.client.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, a:1 and b:1, that show each other. */
@Timeout(120)
class ClusterClientTest {
  private static final Optional<String> NOBODY = Optional.empty();

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ApiClient api = new ApiClient("key", Duration.ofSeconds(30));
  private HttpServer a;
  private HttpServer b;
  private volatile int status = 200;
  private ClusterClient client;

  @BeforeEach
  void start() throws IOException {
    a = server("a");
    b = server("b");
    client = new ClusterClient(api, List.of(url(a)));
  }

  @AfterEach
  void stop() {
    api.close();
    a.stop(0);
    b.stop(0);
  }

  @Test
  void theNodeThatWasGivenIsAsked() throws InterruptedException {
    assertThat(client.look(NOBODY)).isInstanceOf(Look.Seen.class);
    assertThat(calls).containsExactly("a GET /api/cluster");
  }

  @Test
  void anotherNodeIsAskedOnceTheGivenOneIsGone() throws InterruptedException {
    client.look(NOBODY);
    a.stop(0);

    assertThat(client.look(NOBODY)).isInstanceOf(Look.Seen.class);
    assertThat(calls).endsWith("b GET /api/cluster");
  }

  @Test
  void theNodeThatIsRestartedIsAskedLast() throws InterruptedException {
    client.look(NOBODY);

    client.look(Optional.of("a:1"));
    client.begin(Views.node("a:1", "1", 0), () -> {});

    assertThat(calls)
        .containsExactly(
            "a GET /api/cluster", "b GET /api/cluster", "b POST /api/cluster/nodes/a%3A1/drain");
  }

  @Test
  void aRefusalIsOneAlsoWhenAnotherNodeTakesNoConnection() throws InterruptedException {
    client.look(NOBODY);
    status = 409;
    a.stop(0);

    assertThat(client.begin(Views.node("a:1", "1", 0), () -> {}))
        .isEqualTo(new Restart.Result.Refused("not now"));
  }

  @Test
  void aRefusalIsOne() throws InterruptedException {
    status = 409;

    assertThat(client.begin(Views.node("b:1", "1", 0), () -> {}))
        .isEqualTo(new Restart.Result.Refused("not now"));
  }

  @Test
  void aKeyThatIsWrongIsTriedNowhereElse() {
    status = 401;

    assertThatThrownBy(() -> client.look(NOBODY)).hasMessageContaining("admin key");
    assertThat(calls).hasSize(1);
  }

  @Test
  void whenNobodyAnswersItSaysWhy() throws InterruptedException {
    a.stop(0);

    assertThat(client.look(NOBODY))
        .isInstanceOfSatisfying(
            Look.Nothing.class, nothing -> assertThat(nothing.reason()).contains("cannot reach"));
  }

  @Test
  void aKeyThatWasGivenToTlsAloneGoesNowhereElse() throws InterruptedException {
    ClusterClient careful = new ClusterClient(api, List.of(URI.create("https://127.0.0.1:1")));
    careful.learn(view());

    assertThat(careful.look(NOBODY)).isInstanceOf(Look.Nothing.class);
    assertThat(calls).isEmpty();
  }

  private ClusterView view() {
    return Views.whole(
        new ClusterView.NodeView(
            "a:1", Optional.of(url(a)), "up", true, "1", Optional.of(Views.BEGUN)));
  }

  private HttpServer server(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.add(name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] body = body().getBytes(UTF_8);
          exchange.sendResponseHeaders(status(exchange.getRequestMethod()), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private int status(String method) {
    return status == 200 && method.equals("POST") ? 202 : status;
  }

  private String body() {
    return status == 200
        ? """
        {"whole":true,"nodes":[{"address":"a:1","url":"%s"},{"address":"b:1","url":"%s"}]}
        """
            .formatted(url(a), url(b))
        : "{\"code\":\"CODE\",\"detail\":\"not now\"}";
  }

  private static URI url(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
