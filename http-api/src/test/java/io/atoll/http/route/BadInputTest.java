package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send by mistake or on purpose, and that it changes nothing. */
class BadInputTest {
  private static EdgeFixture edge;
  private static EdgeClient admin;
  private static EdgeClient acme;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
    admin = edge.admin();
    acme = edge.as(admin.tenantWithKey("acme", "enterprise", "[\"read\",\"write\"]"));
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ttlMs\":-1",
        "\"ttlMs\":1.5",
        "\"ttlMs\":1000000000000000",
        "\"ttlMs\":99999999999999999999",
        "\"ttlMs\":\"1000\"",
        "\"ttlMs\":null",
        "\"ifVersion\":-1",
        "\"ifVersion\":1e3",
        "\"ifVersion\":99999999999999999999",
        "\"ifVersion\":true"
      })
  void anItemOfABatchWithABadNumberIsRefusedAlone(String number) throws IOException {
    String item = "{\"op\":\"set\",\"map\":\"m\",\"key\":\"bad\",\"value\":1," + number + "}";
    String good = "{\"op\":\"set\",\"map\":\"m\",\"key\":\"good\",\"value\":1}";
    JsonNode results = acme.post("/v1/batch", "[" + item + "," + good + "]").json();
    assertThat(results.at("/0/status").asInt()).isEqualTo(400);
    assertThat(results.at("/0/error/code").asText()).isEqualTo("INVALID_REQUEST");
    assertThat(results.at("/1/status").asInt()).isIn(200, 201);
    assertThat(acme.get("/v1/maps/m/entries/bad").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/batch,text/plain",
    "POST,/v1/batch,application/merge-patch+json",
    "POST,/v1/batch,application/json;charset=utf-16",
    "POST,/api/tenants,application/xml",
    "POST,/api/tenants,application/yaml",
    "POST,/api/tenants/acme/keys,multipart/form-data",
    "POST,/api/tenants/acme/limits/commands/consume,text/json",
    "PATCH,/api/tenants/acme,application/json-patch+json"
  })
  void aBodyOfAnotherTypeIsRefused(String method, String path, String type) throws IOException {
    var answer = admin.send(method, path, "{}", "Content-Type", type, "X-Atoll-Tenant", "acme");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/tenants/nobody",
    "PATCH,/api/tenants/nobody",
    "DELETE,/api/tenants/nobody",
    "GET,/api/tenants/nobody/keys",
    "POST,/api/tenants/nobody/keys",
    "DELETE,/api/tenants/nobody/keys/k",
    "GET,/api/tenants/nobody/usage",
    "GET,/api/tenants/nobody/stats",
    "GET,/api/tenants/nobody/limits/commands",
    "POST,/api/tenants/nobody/limits/commands/consume",
    "DELETE,/api/tenants/nobody/limits/commands"
  })
  void aTenantThatWasNeverMadeIsMissing(String method, String path) throws IOException {
    String body =
        switch (method) {
          case "PATCH" -> "{\"name\":\"N\"}";
          case "POST" -> path.endsWith("keys") ? "{\"name\":\"k\"}" : "{}";
          default -> null;
        };
    var answer = admin.send(method, path, body);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("TENANT_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Tenant", "X-Tenant-Id", "Tenant"})
  void aHeaderThatIsNotOursNamesNoTenant(String header) throws IOException {
    admin.tenantWithKey("other-" + header.toLowerCase(java.util.Locale.ROOT), "pro", "[\"read\"]");
    acme.put("/v1/maps/m/entries/mine", "1");
    var answer = acme.get("/v1/maps/m/entries/mine", header, "other");
    assertThat(answer.text()).isEqualTo("1");
  }

  @Test
  void metadataIsBoundedInDepthNamesAndNumbers() throws IOException {
    for (String metadata :
        new String[] {
          "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}",
          "{\"a\":" + "[".repeat(50_000),
          "{\"" + "n".repeat(60_000) + "\":1}",
          "{\"a\":" + "1".repeat(2_000) + "}",
          "{\"a\":\"" + "x".repeat(66_000) + "\"}"
        }) {
      var answer = admin.patch("/api/tenants/acme", "{\"metadata\":" + metadata + "}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }
    assertThat(admin.get("/api/tenants/acme").json().get("metadata")).isEmpty();
    String fitting = "{\"metadata\":{\"a\":\"" + "x".repeat(65_000) + "\"}}";
    assertThat(admin.patch("/api/tenants/acme", fitting).status()).isEqualTo(200);
    admin.patch("/api/tenants/acme", "{\"metadata\":null}");
    String large = "{\"metadata\":{\"a\":\"" + "x".repeat(200_000) + "\"}}";
    assertThat(admin.patch("/api/tenants/acme", large).status()).isEqualTo(413);
  }

  @Test
  void keysAreBytesAndAreNotNormalised() throws IOException {
    String composed = "%C3%A9";
    String decomposed = "e%CC%81";
    acme.put("/v1/maps/forms/entries/" + composed, "1");
    acme.put("/v1/maps/forms/entries/" + decomposed, "2");
    assertThat(acme.get("/v1/maps/forms/entries/" + composed).text()).isEqualTo("1");
    assertThat(acme.get("/v1/maps/forms/entries/" + decomposed).text()).isEqualTo("2");
    assertThat(acme.get("/v1/maps/forms/entries").json().get("items")).hasSize(2);
  }

  @Test
  void aKeyReadsAndWritesUnlessItIsToldOtherwise() throws IOException {
    var made = admin.post("/api/tenants/acme/keys", "{\"name\":\"plain\"}");
    assertThat(made.json().get("scopes").toString()).isEqualTo("[\"read\",\"write\"]");
  }

  @Test
  void aNewNameChangesNothingElse() throws IOException {
    JsonNode before =
        admin
            .post("/api/tenants", "{\"id\":\"named\",\"name\":\"A\",\"quotas\":{\"maps\":3}}")
            .json();
    JsonNode after = admin.patch("/api/tenants/named", "{\"name\":\"B\"}").json();
    assertThat(after.get("name").asText()).isEqualTo("B");
    assertThat(after.get("quotas")).isEqualTo(before.get("quotas"));
    assertThat(after.get("createdAt")).isEqualTo(before.get("createdAt"));
    assertThat(Instant.parse(after.get("updatedAt").asText()))
        .isAfterOrEqualTo(Instant.parse(before.get("updatedAt").asText()));
    assertThat(after.get("version").asLong()).isEqualTo(before.get("version").asLong() + 1);
  }
}
