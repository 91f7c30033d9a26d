package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.http.socket.CloseCode;
import io.atoll.http.socket.SocketDecision;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"auto", "nio"})
class SocketListenerTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @Parameter private String transport = "";

  private final HttpClient client = HttpClient.newHttpClient();
  private final RecordingSession session = new RecordingSession();

  @AfterEach
  void closeClient() {
    client.shutdownNow();
  }

  @Test
  void textGoesBothWaysWhole() throws IOException {
    try (var fixture = open("")) {
      Received received = new Received();
      WebSocket socket = connect(fixture, received);
      assertThat(socket.getSubprotocol()).isEqualTo("atoll.v1.json");
      socket.sendText("{\"a\":", false).join();
      socket.sendText("1}", true).join();
      String large = "x".repeat(1 << 20);
      socket.sendText(large, true).join();
      Await.until(BOUND, () -> received.texts.size() == 2);
      assertThat(received.texts).containsExactly("{\"a\":1}", large);
    }
  }

  @Test
  void theSessionSeesThePeersCloseCode() throws IOException {
    try (var fixture = open("")) {
      WebSocket socket = connect(fixture, new Received());
      socket.sendClose(3001, "bye").join();
      Await.until(BOUND, () -> session.closed.contains(3001));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1012, 4400, 4401, 4403, 4408, 4429})
  void theClientSeesTheSessionsCloseCodeAfterWhatWasSent(int code) throws IOException {
    try (var fixture = open("")) {
      Received received = new Received();
      connect(fixture, received).sendText("close " + code, true).join();
      assertThat(received.closeCode()).isEqualTo(code);
      assertThat(received.texts).containsExactly("last words");
      Await.until(BOUND, () -> session.closed.contains(code));
    }
  }

  @Test
  void aMessageAboveTheBoundIsClosedWith1009() throws IOException {
    try (var fixture = open("max-body-bytes = 64 KiB")) {
      Received received = new Received();
      connect(fixture, received)
          .sendText("x".repeat(1 << 20), true)
          .exceptionally(cutOff -> null)
          .join();
      Await.until(BOUND, () -> session.closed.contains(CloseCode.TOO_BIG));
    }
  }

  @Test
  void fragmentsAboveTheBoundAreClosedWith1009() throws IOException {
    try (var fixture = open("max-body-bytes = 64 KiB")) {
      Received received = new Received();
      WebSocket socket = connect(fixture, received);
      for (int i = 0; i < 5; i++) {
        socket.sendText("x".repeat(20_000), false).exceptionally(cutOff -> null).join();
      }
      assertThat(received.closeCode()).isEqualTo(CloseCode.TOO_BIG);
    }
  }

  @Test
  void aBinaryMessageIsClosedWith1003() throws IOException {
    try (var fixture = open("")) {
      Received received = new Received();
      connect(fixture, received).sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
      assertThat(received.closeCode()).isEqualTo(CloseCode.UNSUPPORTED_DATA);
    }
  }

  @Test
  void aPeerThatAnswersNoPingIsClosed() throws IOException {
    try (var fixture = open("ping-interval = 100 ms");
        var raw = upgradedRaw(fixture)) {
      Await.until(BOUND, () -> session.closed.contains(CloseCode.LOST));
      assertThat(raw.readToEnd()).isNotNull();
    }
  }

  @Test
  void aPeerThatAnswersPingsStays() throws IOException {
    try (var fixture = open("ping-interval = 3 s")) {
      Received received = new Received();
      WebSocket socket = connect(fixture, received);
      Await.until(BOUND, () -> received.pings.get() >= 2);
      socket.sendText("here", true).join();
      Await.until(BOUND, () -> received.texts.contains("here"));
      assertThat(session.closed).isEmpty();
    }
  }

  @Test
  void aPeerThatStopsReadingIsClosedAsASlowConsumer() throws IOException {
    session.greeting = new byte[64 << 20];
    try (var fixture = open("stall-timeout = 100 ms\nping-interval = 400 ms");
        var raw = upgradedRaw(fixture)) {
      assertThat(raw.socket().isConnected()).isTrue();
      Await.until(BOUND, () -> session.closed.contains(CloseCode.SLOW_CONSUMER));
    }
  }

  @Test
  void aFullSocketTellsWhenItIsWritableAgain() throws IOException {
    try (var fixture = open("")) {
      Received received = new Received();
      WebSocket socket = connect(fixture, received);
      socket.sendText("flood", true).join();
      Await.until(BOUND, () -> session.writable.get() > 0);
      Await.until(BOUND, () -> session.socket().pendingBytes() == 0);
    }
  }

  @Test
  void aPausedSocketIsNotReadUntilItResumes() throws IOException {
    try (var fixture = open("")) {
      Received received = new Received();
      WebSocket socket = connect(fixture, received);
      socket.sendText("pause", true).join();
      Await.until(BOUND, () -> session.paused.get());
      socket.sendText("later", true).join();
      session.socket().resume();
      Await.until(BOUND, () -> received.texts.contains("later"));
    }
  }

  @Test
  void aStopClosesSocketsWith1012() throws IOException {
    try (var fixture = open("")) {
      Received received = new Received();
      connect(fixture, received);
      fixture.listener().stop(BOUND).toCompletableFuture().join();
      assertThat(received.closeCode()).isEqualTo(CloseCode.SERVICE_RESTART);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "null",
    "https://good.example.evil.com",
    "http://evil.com",
    "https://good.example:444",
    "http://good.example",
    "https://good.example/",
    "https://GOOD.example",
    "http://127.0.0.1:1"
  })
  void anotherOriginIsRefused(String origin) throws IOException {
    try (var fixture = open("allowed-origins = [\"https://good.example\"]")) {
      assertThat(handshake(fixture, "Origin: " + origin)).startsWith("HTTP/1.1 403");
      assertThat(session.opened()).isFalse();
    }
  }

  @Test
  void noOriginOurOwnAndAListedOneAreLetIn() throws IOException {
    try (var fixture = open("allowed-origins = [\"https://good.example\"]")) {
      assertThat(handshake(fixture, "X: 1")).startsWith("HTTP/1.1 101");
      assertThat(handshake(fixture, "Origin: https://good.example")).startsWith("HTTP/1.1 101");
      assertThat(handshake(fixture, "Origin: http://atoll")).startsWith("HTTP/1.1 101");
    }
  }

  @Test
  void anUnknownSubprotocolOrVersionIsRefused() throws IOException {
    try (var fixture = open("")) {
      assertThat(handshake(fixture, "Sec-WebSocket-Protocol: other")).startsWith("HTTP/1.1 400");
      assertThat(handshake(fixture, "Sec-WebSocket-Version: 8"))
          .startsWith("HTTP/1.1 426")
          .contains("Sec-WebSocket-Version: 13");
    }
  }

  @Test
  void compressionIsNotNegotiated() throws IOException {
    try (var fixture = open("")) {
      assertThat(handshake(fixture, "Sec-WebSocket-Extensions: permessage-deflate"))
          .startsWith("HTTP/1.1 101")
          .doesNotContainIgnoringCase("extensions");
    }
  }

  @Test
  void aRefusalOfTheAcceptorIsItsHttpAnswer() throws IOException {
    var refusal = HttpResponse.create().withStatus(401).withEntity("no");
    try (var fixture =
        ListenerFixture.open(
            "",
            SocketListenerTest::notFound,
            request -> CompletableFuture.completedFuture(new SocketDecision.Refuse(refusal)))) {
      assertThatThrownBy(() -> connect(fixture, new Received()))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }
  }

  private ListenerFixture open(String overrides) throws IOException {
    return ListenerFixture.open(
        "transport = " + transport + "\n" + overrides,
        SocketListenerTest::notFound,
        request -> CompletableFuture.completedFuture(new SocketDecision.Accept(session)));
  }

  private static CompletionStage<HttpResponse> notFound(HttpRequest request) {
    return CompletableFuture.completedFuture(HttpResponse.create().withStatus(404));
  }

  private WebSocket connect(ListenerFixture fixture, Received received) {
    return client
        .newWebSocketBuilder()
        .subprotocols("atoll.v1.json")
        .buildAsync(
            java.net.URI.create(fixture.uri("/v1/ws").toString().replace("http", "ws")), received)
        .join();
  }

  private RawClient upgradedRaw(ListenerFixture fixture) throws IOException {
    RawClient raw = fixture.connect();
    raw.socket().setReceiveBufferSize(1024);
    assertThat(raw.send(upgrade("X: 1")).readTo("\r\n\r\n")).startsWith("HTTP/1.1 101");
    Await.until(BOUND, session::opened);
    return raw;
  }

  private static String handshake(ListenerFixture fixture, String header) throws IOException {
    try (var raw = fixture.connect()) {
      return raw.send(upgrade(header)).readTo("\r\n\r\n");
    }
  }

  private static String upgrade(String header) {
    return "GET /v1/ws HTTP/1.1\r\nHost: atoll\r\nConnection: keep-alive, Upgrade\r\n"
        + "Upgrade: websocket\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + (header.startsWith("Sec-WebSocket-V") ? "" : "Sec-WebSocket-Version: 13\r\n")
        + header
        + "\r\n\r\n";
  }
}
