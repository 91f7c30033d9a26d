package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.http.EdgeMetrics;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.listener.Await;
import io.atoll.http.listener.ListenerFixture;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand;
import io.atoll.time.TimeSource;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions behind the real listener, with a real client. */
class SessionSocketTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final FakeTenants tenants = new FakeTenants();
  private @Nullable ListenerFixture listener;
  private @Nullable Sessions sessions;

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void writesAreAppliedInTheOrderSentWhateverTheFrames() throws IOException {
    open();
    try (SocketClient client = SocketClient.connect(listener.uri("/"), "acme")) {
      for (int frame = 0; frame < 50; frame++) {
        int first = frame * 20;
        client.send(
            IntStream.range(first, first + 20)
                .mapToObj(n -> "{'id':" + n + ",'op':'set','map':'m','key':'k','value':" + n + "}")
                .collect(Collectors.joining(",", "[", "]")));
      }
      client.send("{'id':'last','op':'get','map':'m','key':'k'}");

      List<JsonNode> received = client.await(1_001);
      assertThat(received.get(1_000).toString())
          .isEqualTo("{\"id\":\"last\",\"ok\":true,\"value\":999,\"version\":1000}");
      for (int n = 0; n < 1_000; n++) {
        assertThat(received.get(n).get("id").intValue()).isEqualTo(n);
        assertThat(received.get(n).get("version").intValue()).isEqualTo(n + 1);
      }
    }
  }

  @Test
  void aSilentClientIsClosed() throws IOException {
    open(settings(Duration.ofMillis(300)));
    try (SocketClient silent = SocketClient.connect(listener.uri("/"), List.of())) {
      assertThat(silent.awaitClose()).isEqualTo(4401);
      assertThat(tenants.told()).isEmpty();
    }
  }

  @Test
  void aClientThatTalksTooEarlyIsClosed() throws IOException {
    open();
    try (SocketClient early = SocketClient.connect(listener.uri("/"), List.of())) {
      early.send("{'id':1,'op':'get','map':'m','key':'k'}");

      assertThat(early.awaitClose()).isEqualTo(4401);
      assertThat(tenants.told()).isEmpty();
    }
  }

  @Test
  void aMalformedFrameIsClosedAsSuch() throws IOException {
    open();
    try (SocketClient client = SocketClient.connect(listener.uri("/"), "acme")) {
      client.send("{'id':1,");

      assertThat(client.awaitClose()).isEqualTo(4400);
      Await.until(BOUND, () -> sessions.count() == 0);
    }
  }

  @Test
  void aConsumerThatNeverReadsIsClosedAndOthersAreNot() throws IOException {
    open();
    try (SocketClient slow = SocketClient.connect(listener.uri("/"), "acme");
        SocketClient quick = SocketClient.connect(listener.uri("/"), "acme")) {
      quick.send("{'id':0,'op':'set','map':'m','key':'k','value':'" + "x".repeat(1_000_000) + "'}");
      quick.await(1);
      slow.stopReading();
      slow.send(
          IntStream.range(0, 64)
              .mapToObj(n -> "{'id':" + n + ",'op':'get','map':'m','key':'k'}")
              .collect(Collectors.joining(",", "[", "]")));
      Await.until(BOUND, () -> !tenants.told(TenantCommand.CloseSession.class).isEmpty());
      quick.send("{'id':1,'op':'ping'}");
      quick.await(2);

      slow.readOn();

      assertThat(slow.awaitClose()).isEqualTo(4408);
      assertThat(quick.isOpen()).isTrue();
    }
  }

  @Test
  void aStoppingNodeSendsItsSessionsAwayWithTheirAnswers() throws IOException {
    open();
    try (SocketClient client = SocketClient.connect(listener.uri("/"), "acme")) {
      client.send("{'id':0,'op':'set','map':'m','key':'k','value':'" + "x".repeat(500_000) + "'}");
      client.await(1);
      tenants.silence(true);
      client.send(
          IntStream.range(0, 30)
              .mapToObj(n -> "{'id':" + n + ",'op':'get','map':'m','key':'k'}")
              .collect(Collectors.joining(",", "[", "]")));
      Await.until(BOUND, () -> tenants.told(TenantCommand.Operate.class).size() == 2);
      CompletableFuture<?> stopped = sessions.stop().toCompletableFuture();
      tenants.silence(false);
      tenants.tell("acme", tenants.told(TenantCommand.Operate.class).get(1));

      assertThat(client.awaitClose()).isEqualTo(1012);
      assertThat(client.received()).hasSize(31);
      stopped.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void aBadCredentialIsAnsweredBeforeTheUpgrade() throws IOException {
    open();

    assertThat(refused("Authorization", "Bearer wrong")).isEqualTo(401);
    assertThat(refused("X-API-Key", "wrong")).isEqualTo(401);
    assertThat(refused("Authorization", "Basic d3Jvbmc=")).isEqualTo(401);
  }

  @Test
  void aGoodCredentialNeedsNoOrigin() throws IOException {
    open();
    try (SocketClient client = SocketClient.connect(listener.uri("/"), "acme")) {
      client.send("{'id':1,'op':'ping'}");

      assertThat(client.await(1)).hasSize(1);
    }
  }

  @Test
  void onlyTheAdminKeyNamesATenantForTheWholeSession() throws IOException {
    open();
    assertThat(refused("Authorization", "Bearer acme", "X-Atoll-Tenant", "acme")).isEqualTo(403);
    assertThat(refused("X-Atoll-Tenant", "acme")).isEqualTo(403);
    assertThat(refused("Authorization", "Bearer admin", "X-Atoll-Tenant", "No Id")).isEqualTo(400);
    assertThat(
            refused(
                "Authorization", "Bearer admin", "X-Atoll-Tenant", "t1", "X-Atoll-Tenant", "t2"))
        .isEqualTo(400);

    try (SocketClient admin =
        SocketClient.connect(
            listener.uri("/"), List.of("Authorization", "Bearer admin", "X-Atoll-Tenant", "t1"))) {
      admin.send("{'id':1,'op':'get','map':'m','key':'k'}").await(1);
      admin.send("{'id':2,'op':'get','tenant':'t2','map':'m','key':'k'}").await(2);
    }
    assertThat(tenants.told()).extracting(FakeTenants.Told::tenantId).containsExactly("t1", "t2");
  }

  @Test
  void aStoppingNodeTakesNoNewSessions() throws IOException {
    open();
    sessions.stop();

    assertThat(refused("Authorization", "Bearer acme")).isEqualTo(503);
  }

  private int refused(String... headers) {
    try (SocketClient client = SocketClient.connect(listener.uri("/"), List.of(headers))) {
      throw new AssertionError(client.isOpen() ? "let in" : "let in and closed");
    } catch (CompletionException failure) {
      return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
    }
  }

  private void open() throws IOException {
    open(settings(Duration.ofSeconds(60)));
  }

  private static Verdict verdict(String credential) {
    return switch (credential) {
      case "acme" -> new Verdict.Known(SessionHarness.ACME);
      case "admin" -> new Verdict.Known(SessionHarness.ADMIN);
      default -> new Verdict.Refused(Refusal.of(ErrorCode.UNAUTHENTICATED, "unknown credential"));
    };
  }

  private void open(SessionSettings settings) throws IOException {
    sessions =
        new Sessions(
            new SessionEnvironment(
                settings,
                TimeSource.system(),
                SessionHarness.system(),
                (credential, client) -> CompletableFuture.completedFuture(verdict(credential)),
                tenants,
                EdgeMetrics.NONE));
    listener =
        ListenerFixture.open(
            "stall-timeout = 120 s",
            request -> CompletableFuture.completedFuture(HttpResponse.create()),
            new SessionAcceptor(
                sessions,
                (credential, client) -> CompletableFuture.completedFuture(verdict(credential))));
  }

  private static SessionSettings settings(Duration authTimeout) {
    return new SessionSettings(
        1_000,
        1 << 20,
        4_096,
        16 << 20,
        16 << 20,
        64,
        authTimeout,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60));
  }
}
