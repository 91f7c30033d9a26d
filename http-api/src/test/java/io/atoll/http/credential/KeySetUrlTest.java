package io.atoll.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.atoll.time.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Key sets that an issuer publishes at a URL, from a server of our own. */
class KeySetUrlTest {
  private static final int MAX_BYTES = 256 * 1024;

  private static RSAKey first;
  private static RSAKey second;

  private final ManualTime time = new ManualTime();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Publisher publisher = this::answerNothing;
  private HttpServer server;
  private Tokens tokens;

  /** How the issuer's server answers. */
  private interface Publisher {
    void answer(HttpExchange exchange) throws IOException;
  }

  @BeforeAll
  static void makeKeys() throws JOSEException {
    first = TokenMint.rsa("first");
    second = TokenMint.rsa("second");
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/keys", this::handle);
    server.start();
    tokens = new Tokens(settings(), Duration.ofMinutes(1), time);
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aRotatedKeyIsTakenAndTheOldOneForgotten() throws Exception {
    publish(first);
    assertThat(judge(first)).isPresent();
    publish(first, second);
    time.advance(Duration.ofSeconds(30));
    assertThat(judge(second)).isPresent();
    assertThat(judge(first)).isPresent();
    publish(second);
    time.advance(Duration.ofMinutes(2));
    assertThat(judge(first)).isEmpty();
    assertThat(judge(second)).isPresent();
    assertThat(requests).hasValue(3);
  }

  @Test
  void unknownKeysAskTheIssuerOnceInThirtySeconds() throws Exception {
    publish(first);
    for (int i = 0; i < 100; i++) {
      assertThat(judge(second)).isEmpty();
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void anOutageLeavesTheKeysForAWhile() throws Exception {
    publish(first);
    assertThat(judge(first)).isPresent();
    publisher = exchange -> respond(exchange, 500, "down");
    time.advance(Duration.ofMinutes(3));
    assertThat(judge(first)).isPresent();
    server.stop(0);
    time.advance(Duration.ofSeconds(30));
    assertThat(judge(first)).isPresent();
    time.advance(Duration.ofMinutes(1));
    assertThat(judge(first)).isEmpty();
  }

  @Test
  void anIssuerThatIsDownAtTheStartIsTrustedWhenItIsBack() throws Exception {
    publisher = exchange -> respond(exchange, 503, "later");
    assertThat(judge(first)).isEmpty();
    publish(first);
    time.advance(Duration.ofSeconds(30));
    assertThat(judge(first)).isPresent();
  }

  @Test
  void aSetIsTakenUpToItsBoundAndNotBeyond() throws Exception {
    String set = TokenMint.set(first.toPublicJWK());
    publisher = exchange -> respond(exchange, 200, set + " ".repeat(MAX_BYTES + 1 - set.length()));
    assertThat(judge(first)).isEmpty();
    publisher = exchange -> respond(exchange, 200, set + " ".repeat(MAX_BYTES - set.length()));
    time.advance(Duration.ofSeconds(30));
    assertThat(judge(first)).isPresent();
  }

  @Test
  void aRedirectAndWhatIsNoKeySetAreNotFollowed() throws Exception {
    String set = TokenMint.set(first.toPublicJWK());
    server.createContext("/elsewhere", exchange -> respond(exchange, 200, set));
    publisher =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          respond(exchange, 302, "");
        };
    assertThat(judge(first)).isEmpty();
    publisher = exchange -> respond(exchange, 200, "no set");
    time.advance(Duration.ofSeconds(30));
    assertThat(judge(first)).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() {
    publisher = this::answerNothing;
    assertThat(failure(impatient())).isNotNull();
  }

  @Test
  void aServerThatStopsInTheMiddleOfItsAnswerIsGivenUp() throws Exception {
    publisher =
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          answerNothing(exchange);
        };
    assertThat(failure(impatient())).isNotNull();
    publish(first);
    assertThat(KeySetSources.url(url(), Duration.ofMinutes(1)).get().toCompletableFuture().get())
        .isNotNull();
  }

  private CompletionStage<?> impatient() {
    return KeySetSources.url(url(), Duration.ofMillis(300)).get();
  }

  private static Throwable failure(CompletionStage<?> stage) {
    return stage
        .handle((found, failure) -> failure)
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    publisher.answer(exchange);
  }

  private void answerNothing(HttpExchange exchange) {
    try {
      over.await();
    } catch (InterruptedException stopped) {
      exchange.close();
    }
  }

  private void publish(RSAKey... keys) {
    JWK[] published = new JWK[keys.length];
    for (int i = 0; i < keys.length; i++) {
      published[i] = keys[i].toPublicJWK();
    }
    publisher = exchange -> respond(exchange, 200, TokenMint.set(published));
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Optional<Principal> judge(RSAKey key) throws Exception {
    String header = "{\"alg\":\"RS256\",\"kid\":\"" + key.getKeyID() + "\"}";
    String claims =
        "{\"iss\":\"issuer\",\"aud\":\"atoll\",\"tenant\":\"acme\",\"exp\":%d}"
            .formatted(time.epochMillis() / 1000 + 60);
    String token = TokenMint.signed(header, claims, key.toPrivateKey(), "SHA256withRSA");
    return tokens.judge(token).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  private CredentialSettings settings() {
    var issuer =
        new IssuerSettings(
            "issuer", "atoll", Set.of("RS256"), url(), null, null, Duration.ofHours(1));
    return new CredentialSettings(
        10,
        Duration.ofMinutes(1),
        20,
        Duration.ofMinutes(2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        List.of(issuer));
  }
}
