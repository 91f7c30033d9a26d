package io.atoll.http.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.atoll.http.listener.Await;
import io.atoll.http.session.SocketClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WebSocket sessions in front of real tenants, beside HTTP. */
class SocketEdgeTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String SECRET = "a secret of at least thirty-two characters";
  private static final String BOTH = "[\"read\",\"write\"]";

  private static EdgeFixture edge;
  private static EdgeClient admin;

  @BeforeAll
  static void open() throws IOException {
    edge =
        EdgeFixture.open(
            """
            atoll.http.credentials.issuers = [{
              issuer = "https://issuer.example", audience = "atoll", algorithms = ["HS256"]
              secret = "%s"
            }]
            """
                .formatted(SECRET));
    admin = edge.admin();
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @AfterEach
  void letTimePass() {
    edge.time.go();
  }

  @Test
  void whatHttpWritesASocketReadsAndTheOtherWayRound() throws IOException {
    String key = admin.tenantWithKey("both-ways", "pro", BOTH);
    try (SocketClient socket = connect(key)) {
      edge.as(key).put("/v1/maps/m/entries/http", "{ \"by\": 1.50 }");
      socket.send("{'id':1,'op':'get','map':'m','key':'http'}");
      assertThat(socket.await(1).get(0).toString())
          .isEqualTo("{\"id\":1,\"ok\":true,\"value\":{\"by\":1.50},\"version\":1}");

      socket.send("{'id':2,'op':'set','map':'m','key':'socket','value':[1,'two',null]}");
      assertThat(socket.await(2).get(1).get("version").intValue()).isEqualTo(2);
      assertThat(edge.as(key).get("/v1/maps/m/entries/socket").text())
          .isEqualTo("[1,\"two\",null]");
    }
  }

  @Test
  void requestsOnOneMapAreAppliedInTheOrderSent() throws IOException {
    String key = admin.tenantWithKey("in-order", "pro", BOTH);
    try (SocketClient socket = connect(key)) {
      for (int frame = 0; frame < 20; frame++) {
        int first = 10 * frame;
        socket.send(
            frameOf(
                IntStream.range(first, first + 10)
                    .mapToObj(n -> "'op':'set','map':'m','key':'k','value':" + n)
                    .toList()));
      }
      socket.send("{'id':'last','op':'get','map':'m','key':'k'}");

      JsonNode last = last(socket.await(201));
      assertThat(last.get("value").intValue()).isEqualTo(199);
      assertThat(last.get("version").intValue()).isEqualTo(200);
    }
  }

  @Test
  void allWaysIntoATenantShareOneBucket() throws IOException {
    String first = admin.tenantWithKey("one-bucket", "free", BOTH);
    String second = admin.key("one-bucket", BOTH);
    edge.time.stop();
    admin.patch("/api/tenants/one-bucket", "{\"quotas\":{\"opsPerSecond\":1,\"burst\":50}}");
    try (SocketClient one = connect(first);
        SocketClient two = connect(second)) {
      for (SocketClient socket : List.of(one, two)) {
        socket.send(frameOf(IntStream.range(0, 40).mapToObj(n -> get("k" + n)).toList()));
      }
      one.await(40);
      two.await(40);
      long passed = countWith(one, "KEY_NOT_FOUND") + countWith(two, "KEY_NOT_FOUND");
      long limited = countWith(one, "RATE_LIMITED") + countWith(two, "RATE_LIMITED");

      assertThat(passed + limited).isEqualTo(80);
      assertThat(passed).isEqualTo(50);
      assertThat(edge.as(second).get("/v1/maps/m/entries/k").status()).isEqualTo(429);
    }
  }

  @Test
  void aFrameOfFortyThousandOperationsIsLimitedOneByOne() throws IOException {
    String key = admin.tenantWithKey("flood", "free", BOTH);
    String flood = frameOf(IntStream.range(0, 40_001).mapToObj(n -> get("k")).toList());
    try (SocketClient socket = connect(key)) {
      socket.send(flood);
      socket.await(40_001);
      socket.send(flood);
      List<JsonNode> received = socket.await(80_002);
      socket.send("{'id':'alive','op':'ping'}");

      socket.await(80_003);
      assertThat(countWith(socket, "\"alive\",\"ok\":true")).isEqualTo(1);
      long passed =
          received.stream().filter(reply -> reply.toString().contains("KEY_NOT_FOUND")).count();
      long turnedAway =
          received.stream().filter(reply -> reply.toString().contains("RATE_LIMITED")).count();
      assertThat(passed + turnedAway).isEqualTo(80_002);
      assertThat(passed).isGreaterThanOrEqualTo(100).isLessThan(10_000);
    }
  }

  @Test
  void aFrameOfMoreThanATenantMayHaveUnderWayIsServedWhole() throws IOException {
    String key = admin.tenantWithKey("bulk", "enterprise", BOTH);
    String bulk =
        frameOf(
            IntStream.range(0, 9_000)
                .mapToObj(n -> "'op':'set','map':'m','key':'" + n + "','value':1")
                .toList());
    try (SocketClient socket = connect(key)) {
      socket.send(bulk);

      assertThat(socket.await(9_000)).allMatch(reply -> reply.get("ok").booleanValue());
    }
  }

  @Test
  void aSuspendedTenantsSessionsEnd() throws IOException {
    String key = admin.tenantWithKey("suspended", "pro", BOTH);
    try (SocketClient socket = connect(key)) {
      socket.send("{'id':1,'op':'ping'}").await(1);
      admin.patch("/api/tenants/suspended", "{\"status\":\"suspended\"}");

      assertThat(socket.awaitClose()).isEqualTo(4403);
    }
  }

  @Test
  void aRevokedKeysSessionsEndAndNoOthers() throws IOException {
    String revoked = admin.tenantWithKey("revoked", "pro", BOTH);
    String kept = admin.key("revoked", BOTH);
    String id =
        admin.get("/api/tenants/revoked/keys").json().get("items").findValuesAsText("id").stream()
            .filter(revoked::contains)
            .findFirst()
            .orElseThrow();
    try (SocketClient ending = connect(revoked);
        SocketClient staying = connect(kept)) {
      ending.send("{'id':1,'op':'ping'}").await(1);
      staying.send("{'id':1,'op':'ping'}").await(1);
      admin.delete("/api/tenants/revoked/keys/" + id);

      assertThat(ending.awaitClose()).isEqualTo(4403);
      staying.send("{'id':2,'op':'get','map':'m','key':'k'}").await(2);
      assertThat(staying.isOpen()).isTrue();
    }
  }

  @Test
  void aTokensSessionEndsWithItUnlessItIsRefreshed() throws IOException, JOSEException {
    admin.tenantWithKey("tokens", "pro", BOTH);
    Instant end = Instant.now().plusSeconds(10);
    try (SocketClient ending = connect(token("tokens", end));
        SocketClient refreshed = connect(token("tokens", end))) {
      refreshed.send("{'id':1,'op':'auth','token':'" + token("tokens", end.plusSeconds(60)) + "'}");
      assertThat(last(refreshed.await(1)).get("ok").booleanValue()).isTrue();

      assertThat(ending.awaitClose()).isEqualTo(4401);
      assertThat(Instant.now()).isAfter(end.minusSeconds(1));
      assertThat(refreshed.isOpen()).isTrue();
    }
  }

  @Test
  void aSessionBeyondTheConnectionQuotaIsClosedAndOneIsFreeAgainAfterAnother() throws IOException {
    String key = admin.tenantWithKey("crowded", "free", BOTH);
    admin.patch("/api/tenants/crowded", "{\"quotas\":{\"connections\":2}}");
    try (SocketClient first = connect(key);
        SocketClient second = connect(key)) {
      first.send("{'id':1,'op':'ping'}").await(1);
      second.send("{'id':1,'op':'ping'}").await(1);
      try (SocketClient third = connect(key)) {
        assertThat(third.awaitClose()).isEqualTo(4429);
      }
      admin.patch("/api/tenants/crowded", "{\"quotas\":{\"connections\":1}}");
      first.send("{'id':2,'op':'ping'}").await(2);
      second.send("{'id':2,'op':'ping'}").await(2);
      admin.patch("/api/tenants/crowded", "{\"quotas\":{\"connections\":2}}");
    }
    Await.until(BOUND, () -> connections("crowded") == 0);
    try (SocketClient next = connect(key)) {
      next.send("{'id':1,'op':'ping'}").await(1);
    }
  }

  @Test
  void aSessionHearsThatAQuotaRunsOut() throws IOException {
    String key = admin.tenantWithKey("noticed", "free", BOTH);
    try (SocketClient socket = connect(key)) {
      for (int map = 0; map < 9; map++) {
        edge.as(key).put("/v1/maps/m" + map + "/entries/k", "1");
      }

      Await.until(BOUND, () -> socket.notices().toString().contains("\"maps\""));
    }
  }

  @Test
  void theAdminsSessionsCountForNobodyAndServeEveryTenant() throws IOException {
    admin.tenantWithKey("served-a", "free", BOTH);
    admin.tenantWithKey("served-b", "free", BOTH);
    try (SocketClient socket = connect(EdgeFixture.ADMIN)) {
      socket.send(
          "[{'id':1,'op':'set','tenant':'served-a','map':'m','key':'k','value':'a'},"
              + "{'id':2,'op':'get','tenant':'served-b','map':'m','key':'k'},"
              + "{'id':3,'op':'get','tenant':'served-a','map':'m','key':'k'},"
              + "{'id':4,'op':'get','tenant':'there-is-none','map':'m','key':'k'},"
              + "{'id':5,'op':'get','map':'m','key':'k'}]");
      List<String> codes =
          socket.await(5).stream()
              .map(reply -> reply.get("id") + " " + reply.at("/error/code").asText("ok"))
              .sorted()
              .toList();

      assertThat(codes)
          .containsExactly(
              "1 ok", "2 KEY_NOT_FOUND", "3 ok", "4 TENANT_NOT_FOUND", "5 INVALID_REQUEST");
      assertThat(connections("served-a")).isZero();
    }
  }

  @Test
  void aTenantsCredentialReachesNoOtherTenant() throws IOException {
    String key = admin.tenantWithKey("island-a", "pro", BOTH);
    String other = admin.tenantWithKey("island-b", "pro", BOTH);
    edge.as(other).put("/v1/maps/m/entries/secret", "42");
    try (SocketClient socket = connect(key)) {
      socket.send(
          "[{'id':1,'op':'get','tenant':'island-b','map':'m','key':'secret'},"
              + "{'id':2,'op':'get','map':'m','key':'secret'},{'id':3,'op':'scan','map':'m'}]");

      assertThat(socket.await(3).toString()).doesNotContain("42");
      assertThat(countWith(socket, "FORBIDDEN")).isEqualTo(1);
    }
  }

  @Test
  void aWatcherMissesNothingBetweenTwoSessions() throws IOException {
    String key = admin.tenantWithKey("watched", "pro", BOTH);
    EdgeClient http = edge.as(key);
    http.put("/v1/maps/m/entries/x1", "0");
    try (SocketClient socket = connect(key)) {
      socket.send("{'id':5,'op':'watch','map':'m','prefix':'u'}");
      assertThat(socket.await(1).get(0).toString()).isEqualTo("{\"id\":5,\"ok\":true,\"seq\":1}");
      http.put("/v1/maps/m/entries/u1", "1");
      http.put("/v1/maps/m/entries/x1", "1");
      http.delete("/v1/maps/m/entries/u1");

      List<JsonNode> received = socket.await(3);
      assertThat(received.get(1).toString())
          .isEqualTo(
              "{\"watch\":5,\"seq\":2,\"event\":\"set\",\"key\":\"u1\",\"value\":1,\"version\":2}");
      assertThat(received.get(2).toString())
          .isEqualTo("{\"watch\":5,\"seq\":4,\"event\":\"delete\",\"key\":\"u1\"}");
    }
    http.put("/v1/maps/m/entries/u2", "2");
    http.put("/v1/maps/m/entries/u3", "3");
    try (SocketClient again = connect(key)) {
      again.send("{'id':'w','op':'watch','map':'m','prefix':'u','since':4}").await(3);

      assertThat(again.received().stream().skip(1).map(event -> event.get("seq").intValue()))
          .containsExactly(5, 6);
    }
  }

  private static SocketClient connect(String credential) {
    return SocketClient.connect(edge.uri("/"), credential);
  }

  private static int connections(String tenant) {
    try {
      return admin
          .get("/api/tenants/" + tenant + "/stats")
          .json()
          .at("/usage/connections")
          .asInt(-1);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static String get(String key) {
    return "'op':'get','map':'m','key':'" + key + "'";
  }

  private static String frameOf(List<String> operations) {
    return IntStream.range(0, operations.size())
        .mapToObj(n -> "{'id':" + n + "," + operations.get(n) + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static long countWith(SocketClient socket, String text) {
    return socket.received().stream().filter(reply -> reply.toString().contains(text)).count();
  }

  private static JsonNode last(List<JsonNode> received) {
    return received.get(received.size() - 1);
  }

  private static String token(String tenant, Instant end) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("atoll")
                .subject("somebody")
                .claim("tenant", tenant)
                .claim("scope", "read write")
                .expirationTime(Date.from(end))
                .build());
    token.sign(new MACSigner(SECRET.getBytes(UTF_8)));
    return token.serialize();
  }
}
