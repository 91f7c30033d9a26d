package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"auto", "nio"})
class HttpListenerTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";
  private static final String HOST = "Host: atoll\r\n";

  @Parameter private String transport = "";

  private volatile Materializer materializer;
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  @Test
  void answersOverOneConnectionAgainAndAgain() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send("POST /n" + i + " HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nab");
        assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 OK").endsWith("/n" + i + " ab");
      }
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        requests.append("GET /n").append(i).append(" HTTP/1.1\r\n" + HOST + "\r\n");
      }
      client.send(requests.toString());
      for (int i = 0; i < 200; i++) {
        assertThat(client.readAnswer()).endsWith("/n" + i + " ");
      }
    }
  }

  @Test
  void answersPipelinedRequestsOfAClientThatHasFinishedSending() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send(("GET /a HTTP/1.1\r\n" + HOST + "\r\n").repeat(2));
      client.endInput();
      assertThat(client.readToEnd().split("HTTP/1.1 200 OK", -1)).hasSize(3);
    }
  }

  @Test
  void aChunkedBodyArrivesWhole() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send("POST /c HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      client.send("3\r\nabc\r\n").send("2\r\nde\r\n0\r\n\r\n");
      assertThat(client.readAnswer()).endsWith("/c abcde");
    }
  }

  @Test
  void aLargeBodyArrivesAsAStreamAndGoesOutInSlices() throws IOException {
    String body = "0123456789".repeat(100_000);
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send("POST /l HTTP/1.1\r\n" + HOST + "Content-Length: 1000000\r\n\r\n");
      client.send(body);
      assertThat(client.readAnswer()).endsWith("/l " + body);
      client.send("GET /again HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readAnswer()).endsWith("/again ");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToContinue() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send(
          "PUT /e HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.send("x").readAnswer()).endsWith("/e x");
    }
  }

  @Test
  void headIsAnsweredAsGetWithoutTheBody() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send("HEAD /h HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readTo("\r\n\r\n")).contains("content-length: 3");
      client.send("GET /g HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200").endsWith("/g ");
      assertThat(seen).containsExactly("GET", "GET");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET relative HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        POST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"
      })
  void malformedHttpIsRefusedAndTheConnectionClosed(String request) throws IOException {
    assertRefused(request, 400, "INVALID_REQUEST");
  }

  @Test
  void aTargetThatIsNotEncodedRightIsRefused() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send("GET /%zz HTTP/1.1\r\n" + HOST + "\r\n");
      Problem.assertIn(client.readAnswer(), 400, "INVALID_REQUEST");
      assertThat(seen).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip", "deflate", "br", "'gzip, gzip'"})
  void compressedBodiesAreRefused(String coding) throws IOException {
    assertRefused(
        "POST / HTTP/1.1\r\n"
            + HOST
            + "Content-Length: 9\r\nContent-Encoding: "
            + coding
            + "\r\n\r\n",
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void aUriAboveTheLimitIsRefused() throws IOException {
    String longest = "/" + "u".repeat(4095);
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send("GET " + longest + " HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200");
    }
    seen.clear();
    assertRefused("GET " + longest + "u HTTP/1.1\r\n" + HOST + "\r\n", 414, "URI_TOO_LONG");
    assertRefused("GET " + longest.repeat(9) + " HTTP/1.1\r\n" + HOST, 414, "URI_TOO_LONG");
  }

  @Test
  void headersAboveTheLimitsAreRefused() throws IOException {
    String large = "GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(17_000) + "\r\n\r\n";
    assertRefused(large, 431, "HEADERS_TOO_LARGE");
    StringBuilder many = new StringBuilder("GET / HTTP/1.1\r\n" + HOST);
    for (int i = 0; i < 100; i++) {
      many.append("X-").append(i).append(": 1\r\n");
    }
    assertRefused(many + "\r\n", 431, "HEADERS_TOO_LARGE");
  }

  @Test
  void aDeclaredBodyAboveTheLimitIsRefusedBeforeItIsSent() throws IOException {
    assertRefused(
        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 8388609\r\nExpect: 100-continue\r\n\r\n",
        413,
        "PAYLOAD_TOO_LARGE");
  }

  @Test
  void aChunkedBodyIsRefusedAtTheLimit() throws IOException {
    try (var fixture = echo("max-body-bytes = 1 MiB");
        var client = fixture.connect()) {
      client.send("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      for (int i = 0; i < 17; i++) {
        client.send(chunk);
      }
      Problem.assertIn(client.readToEnd(), 413, "PAYLOAD_TOO_LARGE");
    }
  }

  @Test
  void aSlowHeadIsAnswered408() throws IOException {
    try (var fixture = echo("head-timeout = 200 ms");
        var client = fixture.connect()) {
      client.send("GET / HTTP/1.1\r\nHo");
      Problem.assertIn(client.readToEnd(), 408, "REQUEST_TIMEOUT");
    }
  }

  @Test
  void aSlowBodyIsAnswered408() throws IOException {
    try (var fixture = echo("body-timeout = 200 ms");
        var client = fixture.connect()) {
      client.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n\r\nabc");
      Problem.assertIn(client.readToEnd(), 408, "REQUEST_TIMEOUT");
    }
  }

  @Test
  void aQuietConnectionIsClosedWithoutAnAnswer() throws IOException {
    try (var fixture = echo("idle-timeout = 2 s");
        var client = fixture.connect()) {
      client.send("GET /q HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readAnswer()).endsWith("/q ");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void theTimeForAHeadBeginsWithTheHead() throws IOException {
    var answer = HttpResponse.create().withEntity("done");
    try (var fixture =
            ListenerFixture.open(
                over("head-timeout = 200 ms\nidle-timeout = 3 s"),
                request -> CompletableFuture.completedFuture(answer));
        var client = fixture.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").readAnswer();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aReaderThatStallsIsClosed() throws IOException {
    byte[] large = new byte[8 << 20];
    var answer = HttpResponse.create().withEntity(large);
    try (var fixture =
            ListenerFixture.open(
                over("stall-timeout = 300 ms"),
                request -> called(CompletableFuture.completedFuture(answer)));
        var client = fixture.connect()) {
      client.send(("GET / HTTP/1.1\r\n" + HOST + "\r\n").repeat(8));
      Await.until(BOUND, () -> !seen.isEmpty() && fixture.listener().connections() == 0);
    }
  }

  @Test
  void oneConnectionTooManyIsTurnedAway() throws IOException {
    try (var fixture = echo("max-connections = 1");
        var first = fixture.connect()) {
      first.send("GET /1 HTTP/1.1\r\n" + HOST + "\r\n").readAnswer();
      try (var second = fixture.connect()) {
        assertThat(second.readToEnd()).startsWith("HTTP/1.1 503").contains("\"UNAVAILABLE\"");
      }
      first.send("GET /2 HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(first.readAnswer()).endsWith("/2 ");
    }
  }

  @Test
  void aFaultIsAnsweredWithoutItsText() throws IOException {
    try (var fixture =
            ListenerFixture.open(
                over(""),
                request -> {
                  throw new IllegalStateException("secret");
                });
        var client = fixture.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 503").doesNotContain("secret");
    }
  }

  @Test
  void aSafeRequestIdComesBackAndAnUnsafeOneDoesNot() throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "X-Request-Id: abc-1.2_Z\r\n\r\n");
      assertThat(client.readAnswer()).contains("X-Request-Id: abc-1.2_Z\r\n");
      client.send("GET / HTTP/1.1\r\n" + HOST + "X-Request-Id: <script>\r\n\r\n");
      assertThat(client.readAnswer()).containsPattern("X-Request-Id: [0-9a-f]{32}\r\n");
    }
  }

  @Test
  void aStopLetsTheRequestInFlightEnd() throws IOException {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    try (var fixture = ListenerFixture.open(over(""), request -> called(answer));
        var client = fixture.connect();
        var idle = fixture.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      Await.until(BOUND, () -> !seen.isEmpty());
      var stopped = fixture.listener().stop(BOUND).toCompletableFuture();
      assertThat(idle.readToEnd()).isEmpty();
      assertThat(stopped).isNotDone();
      answer.complete(HttpResponse.create().withEntity("done"));
      assertThat(client.readToEnd()).contains("connection: close").endsWith("done");
      stopped.join();
    }
  }

  @Test
  void aStopCutsOffWhatDoesNotEnd() throws IOException {
    try (var fixture =
            ListenerFixture.open(over(""), request -> called(new CompletableFuture<>()));
        var client = fixture.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      Await.until(BOUND, () -> !seen.isEmpty());
      fixture.listener().stop(Duration.ofMillis(200)).toCompletableFuture().join();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  private CompletionStage<HttpResponse> called(CompletableFuture<HttpResponse> answer) {
    seen.add("called");
    return answer;
  }

  private String over(String overrides) {
    return "transport = " + transport + "\n" + overrides;
  }

  private ListenerFixture echo(String overrides) throws IOException {
    ListenerFixture fixture = ListenerFixture.open(over(overrides), this::echoing);
    materializer = Materializer.matFromSystem(fixture.system());
    return fixture;
  }

  private CompletionStage<HttpResponse> echoing(HttpRequest request) {
    seen.add(request.method().name());
    return request
        .entity()
        .getDataBytes()
        .runFold(ByteString.emptyByteString(), ByteString::concat, materializer)
        .thenApply(body -> answer(request, body.decodeString(StandardCharsets.UTF_8)));
  }

  private static HttpResponse answer(HttpRequest request, String body) {
    return HttpResponse.create().withEntity(Arrival.of(request).target() + " " + body);
  }

  private void assertRefused(String request, int status, String code) throws IOException {
    try (var fixture = echo("");
        var client = fixture.connect()) {
      client.send(request);
      String answer = client.readToEnd();
      Problem.assertIn(answer, status, code);
      assertThat(answer).containsIgnoringCase("connection: close");
      assertThat(seen).isEmpty();
    }
  }
}
