package io.atoll.http.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.access.ApiKeys;
import io.atoll.access.KeyMode;
import io.atoll.access.KeySpec;
import io.atoll.access.Scope;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, over HTTP. */
class AuthorizationTest {
  private static final String ALL = "[\"read\",\"write\",\"admin\"]";

  private static EdgeFixture edge;
  private static EdgeClient admin;
  private static EdgeClient owner;
  private static EdgeClient nobody;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open("atoll.http.credentials.bad-per-second = 100000");
    admin = edge.admin();
    owner = edge.as(admin.tenantWithKey("mine", "pro", ALL));
    admin.tenantWithKey("other", "pro", ALL);
    nobody = edge.as("");
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @Test
  void noCredentialIs401() throws IOException {
    for (String path : List.of("/v1/maps", "/api/tenants", "/api/tenants/mine", "/api/plans")) {
      var answer = nobody.get(path);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.json().get("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "atl_live_mine_x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
  void aBadCredentialIs401(String credential) throws IOException {
    assertThat(edge.as(credential).get("/v1/maps").code()).isEqualTo("UNAUTHENTICATED");
    assertThat(edge.as(credential).get("/api/tenants/mine").code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void anUnknownKeyIsAnsweredAsAWrongChecksumToTheByte() throws IOException {
    String known = admin.key("mine", "[\"read\"]");
    String wrongChecksum =
        known.substring(0, known.length() - 1) + (known.endsWith("a") ? "b" : "a");
    for (String path : List.of("/v1/maps", "/api/tenants/mine")) {
      var expected = edge.as(wrongChecksum).get(path, "X-Request-Id", "same");
      assertThat(expected.status()).isEqualTo(401);
      for (String tenant : List.of("mine", "other", "none")) {
        var unknown = edge.as(madeUp(tenant)).get(path, "X-Request-Id", "same");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text()).isEqualTo(expected.text());
        assertThat(names(unknown)).isEqualTo(names(expected));
      }
    }
  }

  /** A key with a right checksum that its tenant has not made. */
  private static String madeUp(String tenant) {
    var spec = new KeySpec("k", KeyMode.LIVE, Set.of(Scope.READ), 0, -1);
    return ApiKeys.generate(new SecureRandom(), tenant, spec).text();
  }

  @Test
  void whatIsNoTenantIdIsAMissingTenantToTheAdminToo() throws IOException {
    assertThat(admin.get("/api/tenants/NO_ID/keys").code()).isEqualTo("TENANT_NOT_FOUND");
    assertThat(admin.get("/v1/maps", "X-Atoll-Tenant", "NO_ID").code())
        .isEqualTo("TENANT_NOT_FOUND");
  }

  @Test
  void anotherSchemeThanBearerIs401() throws IOException {
    assertThat(nobody.get("/v1/maps", "Authorization", "Basic YTpi").status()).isEqualTo(401);
  }

  @Test
  void theKeyHeaderServesAsWell() throws IOException {
    String key = admin.key("mine", "[\"read\"]");
    assertThat(nobody.get("/v1/maps", "X-API-Key", key).status()).isEqualTo(200);
  }

  @Test
  void twoCredentialsAreRefused() throws IOException {
    assertThat(owner.get("/v1/maps", "X-API-Key", "other").code()).isEqualTo("INVALID_REQUEST");
    assertThat(owner.get("/v1/maps", "Authorization", "Bearer other").code())
        .isEqualTo("INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api_key", "API_KEY", "apikey", "access_token", "token", "key"})
  void aCredentialInTheQueryIsRefused(String name) throws IOException {
    var answer = nobody.get("/v1/maps?x=1&" + name + "=planted-secret");
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    assertThat(answer.text()).doesNotContain("planted-secret");
  }

  @Test
  void aLongCredentialIs401() throws IOException {
    assertThat(edge.as("x".repeat(8_300)).get("/v1/maps").status()).isEqualTo(401);
    assertThat(edge.as("x".repeat(20_000)).get("/v1/maps").status()).isEqualTo(431);
  }

  @Test
  void aRevokedKeyIsRefusedAtOnce() throws IOException {
    var made = admin.post("/api/tenants/mine/keys", "{\"name\":\"k\",\"scopes\":" + ALL + "}");
    EdgeClient client = edge.as(made.json().get("key").asText());
    assertThat(client.get("/v1/maps").status()).isEqualTo(200);
    assertThat(client.get("/api/tenants/mine").status()).isEqualTo(200);
    String id = made.json().get("id").asText();
    assertThat(admin.delete("/api/tenants/mine/keys/" + id).status()).isEqualTo(204);
    assertThat(client.get("/v1/maps").code()).isEqualTo("UNAUTHENTICATED");
    assertThat(client.get("/api/tenants/mine").code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void aKeyIsListedWithoutItsSecret() throws IOException {
    String key = admin.key("mine", "[\"read\"]");
    String listed = admin.get("/api/tenants/mine/keys").text();
    String secret = key.substring(key.lastIndexOf('_') + 1);
    assertThat(listed).doesNotContain(key).doesNotContain(secret.substring(0, 20));
    assertThat(listed).contains("\"lastUsedAt\"", "\"createdAt\"", "\"prefix\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"",
        "-1",
        "1.5",
        "\"tomorrow\"",
        "4102444800"
      })
  void aKeyWithABadExpiryIsRefused(String expiresAt) throws IOException {
    var answer =
        admin.post("/api/tenants/mine/keys", "{\"name\":\"k\",\"expiresAt\":" + expiresAt + "}");
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    assertThat(answer.json().get("detail").asText()).contains("expiresAt");
  }

  @Test
  void aKeyEndsWhenItExpires() throws IOException {
    String soon = Instant.now().plus(Duration.ofHours(1)).toString();
    var made =
        admin.post("/api/tenants/mine/keys", "{\"name\":\"k\",\"expiresAt\":\"" + soon + "\"}");
    EdgeClient client = edge.as(made.json().get("key").asText());
    assertThat(client.get("/v1/maps").status()).isEqualTo(200);
    edge.time.advance(Duration.ofHours(1));
    assertThat(client.get("/v1/maps").code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void aKeyCannotMakeAWiderOne() throws IOException {
    EdgeClient narrow = edge.as(admin.key("mine", "[\"read\",\"admin\"]"));
    String keys = "/api/tenants/mine/keys";
    assertThat(narrow.post(keys, "{\"name\":\"k\",\"scopes\":[\"write\"]}").code())
        .isEqualTo("FORBIDDEN");
    assertThat(narrow.post(keys, "{\"name\":\"k\"}").code()).isEqualTo("FORBIDDEN");
    assertThat(narrow.post(keys, "{\"name\":\"k\",\"scopes\":[\"read\"]}").status()).isEqualTo(201);
  }

  @Test
  void aReaderWritesNothing() throws IOException {
    EdgeClient reader = edge.as(admin.key("mine", "[\"read\"]"));
    assertThat(reader.put("/v1/maps/m/entries/k", "1").code()).isEqualTo("FORBIDDEN");
    assertThat(reader.delete("/v1/maps/m/entries/k").code()).isEqualTo("FORBIDDEN");
    assertThat(reader.delete("/v1/maps/m").code()).isEqualTo("FORBIDDEN");
    assertThat(reader.post("/api/tenants/mine/keys", "{\"name\":\"k\"}").code())
        .isEqualTo("FORBIDDEN");
    assertThat(reader.get("/api/tenants/mine").code()).isEqualTo("FORBIDDEN");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/tenants/%s",
    "GET, /api/tenants/%s/keys",
    "GET, /api/tenants/%s/usage",
    "GET, /api/tenants/%s/stats",
    "GET, /api/tenants/%s/limits/commands",
    "DELETE, /api/tenants/%s",
    "DELETE, /api/tenants/%s/keys/some",
    "DELETE, /api/tenants/%s/limits/commands",
    "POST, /api/tenants/%s/limits/commands/consume"
  })
  void anotherTenantIsAnsweredAsAMissingOneToTheByte(String method, String path)
      throws IOException {
    var another = owner.send(method, path.formatted("other"), null, "X-Request-Id", "same");
    var missing = owner.send(method, path.formatted("none"), null, "X-Request-Id", "same");
    var invalid = owner.send(method, path.formatted("NO_ID"), null, "X-Request-Id", "same");
    var truly = admin.send(method, path.formatted("none"), null, "X-Request-Id", "same");
    assertThat(another.status()).isEqualTo(404);
    assertThat(another.code()).isEqualTo("TENANT_NOT_FOUND");
    assertThat(another.text()).isEqualTo(missing.text()).isEqualTo(invalid.text());
    assertThat(truly.text()).isEqualTo(another.text());
    assertThat(names(another)).isEqualTo(names(missing)).isEqualTo(names(truly));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"plan\":\"enterprise\"}",
        "{\"status\":\"suspended\"}",
        "{\"quotas\":{\"maps\":-1}}",
        "{\"features\":{\"prioritySupport\":true}}",
        "{\"residency\":{\"regions\":[]}}",
        "{\"name\":\"x\",\"plan\":\"free\"}"
      })
  void aTenantDoesNotChangeWhatItPaysFor(String patch) throws IOException {
    String before = admin.get("/api/tenants/mine").json().get("version").asText();
    assertThat(owner.patch("/api/tenants/mine", patch).code()).isEqualTo("FORBIDDEN");
    assertThat(admin.get("/api/tenants/mine").json().get("version").asText()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"quota\":{}}",
        "{\"state\":\"hot\"}",
        "{\"createdAt\":\"2020-01-01T00:00:00Z\"}",
        "{\"billingId\":\"x\"}",
        "{\"_v\":1}",
        "{\"id\":\"other\"}",
        "{\"status\":\"deleted\"}"
      })
  void fieldsThatCannotBeAssignedAreRefused(String patch) throws IOException {
    assertThat(admin.patch("/api/tenants/mine", patch).code()).isEqualTo("INVALID_REQUEST");
    assertThat(owner.patch("/api/tenants/mine", patch).code()).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void aTenantRenamesItselfButNeitherDeletesNorResetsItself() throws IOException {
    assertThat(owner.patch("/api/tenants/mine", "{\"name\":\"Renamed\"}").status()).isEqualTo(200);
    assertThat(owner.delete("/api/tenants/mine").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.delete("/api/tenants/mine/limits/commands").code()).isEqualTo("FORBIDDEN");
  }

  @Test
  void whatIsThePlatformsIsForTheOperatorOnly() throws IOException {
    assertThat(owner.post("/api/tenants", "{\"name\":\"x\"}").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.get("/api/tenants").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.get("/api/stats").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.get("/api/plans").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.put("/api/plans/pro", "{}").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.post("/api/reload", "{}").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.get("/api/cluster").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.post("/api/cluster/nodes/10.0.0.1:25520/drain", "").code())
        .isEqualTo("FORBIDDEN");
    assertThat(owner.post("/api/tenants/mine/migrations", "{\"to\":{\"tier\":\"A\"}}").code())
        .isEqualTo("FORBIDDEN");
    assertThat(owner.get("/api/flags").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void onlyTheAdminKeyNamesATenant() throws IOException {
    assertThat(owner.get("/v1/maps", "X-Atoll-Tenant", "other").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.get("/v1/maps", "X-Atoll-Tenant", "mine").code()).isEqualTo("FORBIDDEN");
    assertThat(owner.get("/v1/maps", "X-Tenant", "other").status()).isEqualTo(200);
    assertThat(admin.get("/v1/maps").code()).isEqualTo("INVALID_REQUEST");
    assertThat(admin.get("/v1/maps", "X-Atoll-Tenant", "other").status()).isEqualTo(200);
    assertThat(admin.get("/v1/maps", "X-Atoll-Tenant", "none").code())
        .isEqualTo("TENANT_NOT_FOUND");
    assertThat(admin.get("/v1/maps", "X-Atoll-Tenant", "NO ID").code())
        .isEqualTo("TENANT_NOT_FOUND");
  }

  @Test
  void tenantsNeverSeeEachOthersEntries() throws IOException {
    admin.put("/v1/maps/same/entries/k", "\"theirs\"", "X-Atoll-Tenant", "other");
    assertThat(owner.get("/v1/maps/same/entries/k").status()).isEqualTo(404);
    owner.put("/v1/maps/same/entries/k", "\"mine\"");
    assertThat(admin.get("/v1/maps/same/entries/k", "X-Atoll-Tenant", "other").text())
        .isEqualTo("\"theirs\"");
  }

  @Test
  void aSuspendedTenantStillReadsItsOwnStatus() throws IOException {
    EdgeClient client = edge.as(admin.tenantWithKey("halted", "pro", ALL));
    admin.patch("/api/tenants/halted", "{\"status\":\"suspended\"}");
    assertThat(client.get("/v1/maps").code()).isEqualTo("TENANT_SUSPENDED");
    assertThat(client.get("/api/tenants/halted").json().get("status").asText())
        .isEqualTo("suspended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "PROPFIND"})
  void otherMethodsAreNotAllowedOnData(String method) throws IOException {
    try (var raw = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), edge.port())) {
      String request =
          method + " /v1/maps/m/entries/k HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      raw.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(raw.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 405").contains("Allow: DELETE, GET, HEAD, PUT");
    }
  }

  @Test
  void noForeignOriginIsReflected() throws IOException {
    for (String origin : List.of("https://evil.example", "null")) {
      var answer = owner.get("/v1/maps", "Origin", origin);
      assertThat(answer.response().headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }
  }

  private static java.util.Set<String> names(EdgeClient.Answer answer) {
    return answer.response().headers().map().keySet();
  }
}
