package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapRoutesTest {
  private static EdgeFixture edge;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
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
  void mapsAreListedFromTheirFirstWriteUntilTheyAreDropped() throws IOException {
    EdgeClient client = tenant("lists");
    assertThat(client.get("/v1/maps").text()).isEqualTo("{\"items\":[]}");
    client.put("/v1/maps/b/entries/k", "12");
    client.put("/v1/maps/a/entries/k", "1");
    assertThat(client.get("/v1/maps").text())
        .isEqualTo(
            "{\"items\":[{\"name\":\"a\",\"entries\":1,\"bytes\":2},"
                + "{\"name\":\"b\",\"entries\":1,\"bytes\":3}]}");
    assertThat(client.delete("/v1/maps/a").status()).isEqualTo(204);
    assertThat(client.get("/v1/maps").json().get("items")).hasSize(1);
    assertThat(client.delete("/v1/maps/none").code()).isEqualTo("MAP_NOT_FOUND");
  }

  @Test
  void aScanWalksAllEntriesInOrderPageByPage() throws IOException {
    EdgeClient client = tenant("scans");
    for (String key : List.of("u3", "u1", "x", "u2", "u+4")) {
      client.put("/v1/maps/m/entries/" + key, "\"" + key + "\"");
    }
    List<String> keys = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = client.get("/v1/maps/m/entries?prefix=u&limit=2&after=" + after).json();
      page.get("items").forEach(item -> keys.add(item.get("key").asText()));
      after = page.get("next").asText("");
    } while (!after.isEmpty());
    assertThat(keys).containsExactly("u+4", "u1", "u2", "u3");
    JsonNode bare = client.get("/v1/maps/m/entries?values=false").json();
    assertThat(bare.get("items").get(0).has("value")).isFalse();
    assertThat(client.get("/v1/maps/m/entries?prefix=u%2B").json().get("items")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=x",
        "limit=1&limit=2",
        "values=yes",
        "unknown=1",
        "prefix=%FF",
        "prefix=%00"
      })
  void aScanWithABadParameterIsRefused(String query) throws IOException {
    var answer = edge.admin().get("/v1/maps/m/entries?" + query, "X-Atoll-Tenant", "any");
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    assertThat(answer.json().get("detail").asText()).isNotBlank();
  }

  @Test
  void aBatchHasAStatusForEachItemInItsOrder() throws IOException {
    EdgeClient client = tenant("batches");
    var answer =
        client.post(
            "/v1/batch",
            """
            [{"op":"set","map":"m","key":"a","value": {"x" : 1.0}},
             {"op":"get","map":"m","key":"a"},
             {"op":"set","map":"m","key":"a","value":2,"ifVersion":0},
             {"op":"get","map":"m","key":"none"},
             {"op":"jump","map":"m","key":"a"},
             {"op":"set","map":"m","key":"a"},
             {"op":"get","map":"m","key":"a","tenant":"other"},
             {"op":"set","map":"m","key":"a","value":{"d":1,"d":2}},
             {"op":"set","map":"m","key":"a","value":1,"ttlMs":0},
             7,
             {"op":"delete","map":"m","key":"a"}]
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(statuses(answer.json()))
        .containsExactly(201, 200, 412, 404, 400, 400, 400, 400, 400, 400, 204);
    assertThat(answer.text()).contains("{\"status\":200,\"value\":{\"x\" : 1.0},\"version\":1}");
    assertThat(answer.json().get(2).get("error").get("code").asText())
        .isEqualTo("VERSION_MISMATCH");
  }

  @Test
  void aBatchHoldsAThousandItemsAndNoMore() throws IOException {
    EdgeClient client = tenant("large-batch");
    String item = "{\"op\":\"get\",\"map\":\"m\",\"key\":\"k\"}";
    assertThat(client.post("/v1/batch", array(item, 1000)).json()).hasSize(1000);
    assertThat(client.post("/v1/batch", array(item, 1001)).code()).isEqualTo("INVALID_REQUEST");
    assertThat(client.post("/v1/batch", "[]").text()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[", "[{]", "[1,]", "nonsense", "[{\"op\":\"get\"} {}]"})
  void aBatchThatIsNoArrayIsRefusedAsAWhole(String body) throws IOException {
    assertThat(edge.admin().post("/v1/batch", body, "X-Atoll-Tenant", "any").code())
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void eachItemNeedsItsOwnScope() throws IOException {
    edge.admin().tenantWithKey("scoped", "pro", "[\"read\"]");
    EdgeClient reader = edge.as(edge.admin().key("scoped", "[\"read\"]"));
    var answer =
        reader.post(
            "/v1/batch",
            """
            [{"op":"set","map":"m","key":"a","value":1},{"op":"get","map":"m","key":"a"}]
            """);
    assertThat(statuses(answer.json())).containsExactly(403, 404);
  }

  @Test
  void aRateIsExactOverABatch() throws IOException {
    EdgeClient client = tenant("rated", "free");
    edge.time.stop();
    edge.admin().patch("/api/tenants/rated", "{\"quotas\":{\"opsPerSecond\":1,\"burst\":10}}");
    String item = "{\"op\":\"set\",\"map\":\"m\",\"key\":\"k\",\"value\":1}";
    var answer = client.post("/v1/batch", array(item, 64));
    assertThat(statuses(answer.json()).stream().filter(status -> status < 300)).hasSize(10);
    JsonNode refused = answer.json().get(63).get("error");
    assertThat(refused.get("code").asText()).isEqualTo("RATE_LIMITED");
    assertThat(refused.get("quota").asText()).isEqualTo("opsPerSecond");
    assertThat(refused.get("retryAfter").asLong()).isBetween(1L, 1_000L);
    var single = client.get("/v1/maps/m/entries/k");
    assertThat(single.status()).isEqualTo(429);
    assertThat(single.header("Retry-After")).isEqualTo("1");
    assertThat(single.header("RateLimit")).isNotEmpty();
    assertThat(edge.metrics.operations).contains("rated C set 201", "rated C set 429");
    assertThat(edge.metrics.denials).contains("rated C opsPerSecond false");
  }

  @Test
  void aRaisedRateHoldsFromTheNextRequest() throws IOException {
    EdgeClient client = tenant("raised", "free");
    edge.time.stop();
    edge.admin().patch("/api/tenants/raised", "{\"quotas\":{\"opsPerSecond\":1,\"burst\":1}}");
    client.put("/v1/maps/m/entries/k", "1");
    assertThat(client.get("/v1/maps/m/entries/k").status()).isEqualTo(429);
    edge.time.go();
    edge.admin()
        .patch("/api/tenants/raised", "{\"quotas\":{\"opsPerSecond\":1000,\"burst\":1000}}");
    assertThat(client.get("/v1/maps/m/entries/k").status()).isEqualTo(200);
  }

  private static EdgeClient tenant(String id) throws IOException {
    return tenant(id, "enterprise");
  }

  private static EdgeClient tenant(String id, String plan) throws IOException {
    return edge.as(edge.admin().tenantWithKey(id, plan, "[\"read\",\"write\"]"));
  }

  private static String array(String item, int count) {
    return "[" + String.join(",", java.util.Collections.nCopies(count, item)) + "]";
  }

  private static List<Integer> statuses(JsonNode results) {
    List<Integer> statuses = new ArrayList<>();
    results.forEach(result -> statuses.add(result.get("status").asInt()));
    return statuses;
  }
}
