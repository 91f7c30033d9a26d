package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.http.listener.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantRoutesTest {
  private static EdgeFixture edge;
  private static EdgeClient admin;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
    admin = edge.admin();
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @Test
  void aTenantIsCreatedWithItsPlansQuotas() throws IOException {
    var made =
        admin.post(
            "/api/tenants",
            """
            {"id":"made","name":"Made","email":"a@b.example","metadata":{"n":1.50},
             "quotas":{"maps":3,"actions":{"commands":{"limit":7,"windowMs":1000}}},
             "features":{"customBranding":true},"residency":{"regions":["eu-1"]}}
            """);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/api/tenants/made");
    JsonNode tenant = admin.get("/api/tenants/made").json();
    assertThat(tenant.get("plan").asText()).isEqualTo("free");
    assertThat(tenant.get("tier").asText()).isEqualTo("C");
    assertThat(tenant.get("status").asText()).isEqualTo("active");
    assertThat(tenant.at("/quotas/opsPerSecond").asLong()).isEqualTo(100);
    assertThat(tenant.at("/quotas/maps").asLong()).isEqualTo(3);
    assertThat(tenant.at("/quotaOverrides/maps").asLong()).isEqualTo(3);
    assertThat(tenant.at("/quotaOverrides").has("opsPerSecond")).isFalse();
    assertThat(tenant.at("/quotas/actions/commands/limit").asLong()).isEqualTo(7);
    assertThat(tenant.at("/features/customBranding").asBoolean()).isTrue();
    assertThat(tenant.at("/residency/regions/0").asText()).isEqualTo("eu-1");
    assertThat(tenant.get("email").asText()).isEqualTo("a@b.example");
    assertThat(tenant.at("/home/region").asText()).isEqualTo("local");
  }

  @Test
  void theServerMakesAnIdAndARepeatedPromiseMakesNoSecondTenant() throws IOException {
    String body = "{\"name\":\"Nameless\"}";
    String first = admin.post("/api/tenants", body).json().get("id").asText();
    assertThat(first).matches("[a-z0-9]+");
    var promised = admin.post("/api/tenants", body, "Idempotency-Key", "once");
    var repeated = admin.post("/api/tenants", body, "Idempotency-Key", "once");
    assertThat(repeated.status()).isEqualTo(promised.status()).isEqualTo(201);
    assertThat(repeated.json().get("id")).isEqualTo(promised.json().get("id"));
    assertThat(admin.post("/api/tenants", "{\"name\":\"Other\"}", "Idempotency-Key", "once").code())
        .isEqualTo("CONFLICT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "invalid json",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{}",
        "{\"name\":7}",
        "{\"name\":\"\"}",
        "{\"name\":\"a\\u0000\"}",
        "{\"name\":\"\\u202ea\"}",
        "{\"name\":null}",
        "{\"id\":\"UPPER\",\"name\":\"a\"}",
        "{\"id\":\"\\u0430cme\",\"name\":\"a\"}",
        "{\"id\":\"-a\",\"name\":\"a\"}",
        "{\"id\":\"a_b\",\"name\":\"a\"}",
        "{\"id\":\"\",\"name\":\"a\"}",
        "{\"id\":\"' OR 1=1 --\",\"name\":\"a\"}",
        "{\"id\":[\"a\"],\"name\":\"a\"}",
        "{\"name\":\"a\",\"plan\":\"gold\"}",
        "{\"name\":\"a\",\"quotas\":null}",
        "{\"name\":\"a\",\"quotas\":{\"maps\":-2}}",
        "{\"name\":\"a\",\"quotas\":{\"maps\":1.5}}",
        "{\"name\":\"a\",\"quotas\":{\"maps\":\"1\"}}",
        "{\"name\":\"a\",\"quotas\":{\"maps\":9007199254740992}}",
        "{\"name\":\"a\",\"quotas\":{\"maps\":1e400}}",
        "{\"name\":\"a\",\"quotas\":{\"nothing\":1}}",
        "{\"name\":\"a\",\"quotas\":{\"actions\":{\"x\":{\"limit\":1}}}}",
        "{\"name\":\"a\",\"quotas\":{\"actions\":{\"a b\":{\"limit\":1,\"windowMs\":1}}}}",
        "{\"name\":\"a\",\"features\":{\"root\":true}}",
        "{\"name\":\"a\",\"metadata\":[]}",
        "{\"name\":\"a\",\"email\":\"nobody\"}",
        "{\"name\":\"a\",\"residency\":{\"regions\":\"eu\"}}",
        "{\"name\":\"a\",\"createdAt\":\"2020-01-01T00:00:00Z\"}"
      })
  void aTenantThatIsNotOneIsRefusedByNamingTheField(String body) throws IOException {
    var answer = admin.post("/api/tenants", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    assertThat(answer.json().get("detail").asText()).isNotBlank();
  }

  @Test
  void anIdIsTakenOnlyOnce() throws IOException {
    assertThat(create("twice").status()).isEqualTo(201);
    assertThat(create("twice").code()).isEqualTo("TENANT_EXISTS");
    assertThat(create("a".repeat(63)).status()).isEqualTo(201);
    assertThat(create("a".repeat(64)).status()).isEqualTo(400);
  }

  @Test
  void aPatchMergesAndHonoursTheVersion() throws IOException {
    String tag = create("patched").header("ETag");
    String one = "/api/tenants/patched";
    var first =
        admin.patch(
            one,
            "{\"name\":\"New\",\"metadata\":{\"a\":1,\"b\":{\"c\":2}},\"quotas\":{\"maps\":4}}",
            "If-Match",
            tag,
            "Content-Type",
            "application/merge-patch+json");
    assertThat(first.status()).isEqualTo(200);
    assertThat(admin.patch(one, "{\"name\":\"Late\"}", "If-Match", tag).code())
        .isEqualTo("VERSION_MISMATCH");
    JsonNode merged =
        admin
            .patch(one, "{\"metadata\":{\"a\":null,\"b\":{\"d\":3}},\"quotas\":{\"entries\":9}}")
            .json();
    assertThat(merged.get("metadata").toString()).isEqualTo("{\"b\":{\"c\":2,\"d\":3}}");
    assertThat(merged.at("/quotas/maps").asLong()).isEqualTo(4);
    assertThat(merged.at("/quotas/entries").asLong()).isEqualTo(9);
    JsonNode reset = admin.patch(one, "{\"quotas\":{\"maps\":null}}").json();
    assertThat(reset.at("/quotas/maps").asLong()).isEqualTo(10);
    assertThat(reset.get("name").asText()).isEqualTo("New");
  }

  @Test
  void nullInAPatchRemovesWhatIsTheTenantsOwn() throws IOException {
    admin.post(
        "/api/tenants",
        """
        {"id":"nulls","name":"N","metadata":{"a":1},"features":{"prioritySupport":true},
         "quotas":{"maps":4,"opsPerSecond":7,
                   "actions":{"commands":{"limit":3,"windowMs":1000},
                              "exports":{"limit":1,"windowMs":1000}}}}
        """);
    String one = "/api/tenants/nulls";
    JsonNode noActions = admin.patch(one, "{\"quotas\":{\"actions\":null}}").json();
    assertThat(noActions.at("/quotas/actions/commands/limit").asLong()).isEqualTo(10);
    assertThat(noActions.at("/quotas/actions").has("exports")).isFalse();
    assertThat(noActions.at("/quotas/maps").asLong()).isEqualTo(4);
    JsonNode planned = admin.patch(one, "{\"quotas\":null}").json();
    assertThat(planned.at("/quotas/maps").asLong()).isEqualTo(10);
    assertThat(planned.at("/quotas/opsPerSecond").asLong()).isEqualTo(100);
    assertThat(planned.at("/quotas/burst").asLong()).isEqualTo(100);
    assertThat(planned.at("/metadata/a").asLong()).isEqualTo(1);
    JsonNode bare = admin.patch(one, "{\"features\":null,\"metadata\":null}").json();
    assertThat(bare.get("metadata").toString()).isEqualTo("{}");
    assertThat(bare.at("/features/prioritySupport").asBoolean()).isFalse();
    assertThat(admin.patch(one, "{\"metadata\":{\"b\":2}}").json().get("metadata").toString())
        .isEqualTo("{\"b\":2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "plan", "status"})
  void whatATenantCannotBeWithoutIsNotRemoved(String field) throws IOException {
    admin.post("/api/tenants", "{\"id\":\"kept-" + field + "\",\"name\":\"N\"}");
    var answer = admin.patch("/api/tenants/kept-" + field, "{\"" + field + "\":null}");
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    assertThat(answer.json().get("detail").asText()).startsWith(field);
  }

  @Test
  void aTenantLivesThroughItsWholeLife() throws IOException {
    EdgeClient data = edge.as(admin.tenantWithKey("life", "pro", "[\"read\",\"write\"]"));
    String one = "/api/tenants/life";
    data.put("/v1/maps/m/entries/k", "1");
    admin.patch(one, "{\"status\":\"suspended\"}");
    assertThat(data.get("/v1/maps/m/entries/k").code()).isEqualTo("TENANT_SUSPENDED");
    assertThat(data.get("/v1/maps/m/entries/k").status()).isEqualTo(403);
    admin.patch(one, "{\"status\":\"active\"}");
    assertThat(data.get("/v1/maps/m/entries/k").status()).isEqualTo(200);
    assertThat(admin.delete(one).status()).isEqualTo(204);
    assertThat(admin.get(one).code()).isEqualTo("TENANT_DELETED");
    assertThat(data.get("/v1/maps/m/entries/k").status()).isEqualTo(410);
    assertThat(create("life").status()).isEqualTo(409);
    assertThat(admin.delete(one + "?purge=true").status()).isEqualTo(204);
    assertThat(admin.get(one).code()).isEqualTo("TENANT_NOT_FOUND");
    EdgeClient again = edge.as(admin.tenantWithKey("life", "pro", "[\"read\"]"));
    assertThat(again.get("/v1/maps").text()).isEqualTo("{\"items\":[]}");
    assertThat(data.get("/v1/maps").status()).isEqualTo(401);
  }

  @Test
  void tenantsAreListedInPagesAndByFilters() throws IOException {
    for (String id : List.of("list-a", "list-b", "list-c")) {
      create(id);
    }
    admin.patch("/api/tenants/list-b", "{\"status\":\"suspended\"}");
    assertThat(ids("q=list-")).containsExactly("list-a", "list-b", "list-c");
    assertThat(ids("q=list-&status=suspended")).containsExactly("list-b");
    assertThat(ids("q=list-&plan=pro")).isEmpty();
    assertThat(ids("q=list-&tier=C&limit=1")).containsExactly("list-a", "list-b", "list-c");
    assertThat(ids("q=list-&state=cold")).isEmpty();
    for (String query : List.of("status=x", "tier=D", "state=x", "limit=0", "cursor=%21", "z=1")) {
      assertThat(admin.get("/api/tenants?" + query).code()).isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void actionsPassExactlyAsOftenAsTheyMay() throws IOException {
    create("actions");
    String action = "/api/tenants/actions/limits/commands";
    assertThat(admin.get(action).json().get("limit").asLong()).isEqualTo(10);
    List<Integer> statuses =
        java.util.stream.IntStream.range(0, 40).parallel().mapToObj(i -> consume(action)).toList();
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(10);
    assertThat(statuses.stream().filter(status -> status == 429)).hasSize(30);
    Await.until(Duration.ofSeconds(60), () -> edge.metrics.actions.size() == 40);
    assertThat(edge.metrics.actions.stream().filter("actions C commands true"::equals)).hasSize(10);
    var refused = admin.post(action + "/consume", "{}");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(refused.json().get("quota").asText()).isEqualTo("actions.commands");
    assertThat(admin.delete(action).status()).isEqualTo(204);
    var status = admin.post(action + "/consume", "{\"count\":2}").json();
    assertThat(status.get("remaining").asLong()).isEqualTo(8);
    for (String body : List.of("{\"count\":0}", "{\"count\":-1}", "{\"n\":1}", "{\"count\":1.5}")) {
      assertThat(admin.post(action + "/consume", body).code()).isEqualTo("INVALID_REQUEST");
    }
    assertThat(admin.get("/api/tenants/actions/limits/none").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void usageAndStatsTellWhatWasUsed() throws IOException {
    EdgeClient data = edge.as(admin.tenantWithKey("used", "pro", "[\"read\",\"write\"]"));
    data.put("/v1/maps/m/entries/k", "123");
    data.get("/v1/maps/m/entries/k");
    JsonNode usage = admin.get("/api/tenants/used/usage?period=minute").json();
    assertThat(sum(usage, "writeOps")).isEqualTo(1);
    assertThat(sum(usage, "readOps")).isEqualTo(1);
    assertThat(sum(usage, "storageDelta")).isEqualTo(4);
    JsonNode day = admin.get("/api/tenants/used/usage").json();
    assertThat(day.get("period").asText()).isEqualTo("day");
    assertThat(sum(day, "bytesIn")).isPositive();
    JsonNode stats = admin.get("/api/tenants/used/stats").json();
    assertThat(stats.at("/usage/maps").asLong()).isEqualTo(1);
    assertThat(stats.at("/usage/storageBytes").asLong()).isEqualTo(4);
    assertThat(stats.at("/utilization/maps").asDouble()).isEqualTo(1.0);
    assertThat(admin.get("/api/stats?limit=1000").text()).contains("\"tenantId\":\"used\"");
    for (String query :
        List.of(
            "period=year",
            "from=yesterday",
            "from=2020-01-01T00:00:00Z&to=2019-01-01T00:00:00Z",
            "period=minute&from=1990-01-01T00:00:00Z")) {
      assertThat(admin.get("/api/tenants/used/usage?" + query).code()).isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void plansAreReadable() throws IOException {
    assertThat(admin.get("/api/plans").json().get("items")).hasSize(3);
    assertThat(admin.get("/api/plans/pro").json().at("/quotas/maps").asLong()).isEqualTo(100);
    assertThat(admin.get("/api/plans/gold").code()).isEqualTo("NOT_FOUND");
    assertThat(admin.delete("/api/plans/pro").code()).isEqualTo("METHOD_NOT_ALLOWED");
  }

  @Test
  void aNodeTellsOfItselfWithoutACredential() throws IOException {
    EdgeClient nobody = edge.as("");
    assertThat(nobody.get("/health").text()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(nobody.get("/version").text()).isEqualTo("{\"version\":\"1.2.3\"}");
    assertThat(nobody.get("/metrics").text()).startsWith("atoll_hot_tenants");
    assertThat(nobody.get("/ready").status()).isEqualTo(200);
    edge.ready.set(false);
    assertThat(nobody.get("/ready").status()).isEqualTo(503);
    edge.ready.set(true);
  }

  private static EdgeClient.Answer create(String id) throws IOException {
    return admin.post("/api/tenants", "{\"id\":\"" + id + "\",\"name\":\"T\"}");
  }

  private static int consume(String action) {
    try {
      return admin.send("POST", action + "/consume", null).status();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static List<String> ids(String query) throws IOException {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = admin.get("/api/tenants?" + query + cursor).json();
      page.get("items").forEach(item -> ids.add(item.get("id").asText()));
      String next = page.get("nextCursor").asText("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return ids;
  }

  private static long sum(JsonNode usage, String field) {
    long sum = 0;
    for (JsonNode bucket : usage.get("items")) {
      sum += bucket.get(field).asLong();
    }
    return sum;
  }
}
