package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every answer under /v1 to a tenant's caller tells the tenant's operations rate. */
class RateFieldsTest {
  private static EdgeFixture edge;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @Test
  void whatIsRefusedBeforeTheFirstAnswerOfTheTenantTellsIt() throws IOException {
    EdgeClient client = tenant("early", "free");
    var answer = client.get("/v1/maps/bad%20name/entries/k");
    assertThat(answer.status()).isEqualTo(400);
    assertTold(answer, 100);
  }

  @Test
  void aPathOrMethodThatIsNotServedTellsIt() throws IOException {
    EdgeClient client = tenant("lost", "free");
    var nowhere = client.get("/v1/nowhere");
    assertThat(nowhere.code()).isEqualTo("NOT_FOUND");
    assertTold(nowhere, 100);
    var method = client.send("PATCH", "/v1/maps/m/entries/k", "1");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).isEqualTo("DELETE, GET, HEAD, PUT");
    assertTold(method, 100);
    assertTold(edge.admin().get("/v1/nowhere", "X-Atoll-Tenant", "lost"), 100);
  }

  @Test
  void aCallerWhoMayNotIsToldItToo() throws IOException {
    edge.admin().tenantWithKey("reader", "free", "[\"read\"]");
    EdgeClient reader = edge.as(edge.admin().key("reader", "[\"read\"]"));
    var scope = reader.put("/v1/maps/m/entries/k", "1");
    assertThat(scope.status()).isEqualTo(403);
    assertTold(scope, 100);
    var header = reader.get("/v1/maps", "X-Atoll-Tenant", "other");
    assertThat(header.status()).isEqualTo(403);
    assertTold(header, 100);
  }

  @Test
  void aSuspendedTenantsCallerIsToldIt() throws IOException {
    EdgeClient client = tenant("halted", "free");
    edge.admin().patch("/api/tenants/halted", "{\"status\":\"suspended\"}");
    var answer = client.get("/v1/maps/m/entries/k");
    assertThat(answer.code()).isEqualTo("TENANT_SUSPENDED");
    assertTold(answer, 100);
  }

  @Test
  void withoutATenantThereIsNothingToTell() throws IOException {
    for (var answer :
        new EdgeClient.Answer[] {
          edge.as("").get("/v1/nowhere"),
          edge.as("atl_live_no_key").get("/v1/nowhere"),
          edge.admin().get("/v1/nowhere"),
          edge.admin().get("/v1/nowhere", "X-Atoll-Tenant", "no-such-tenant")
        }) {
      assertThat(answer.code()).isEqualTo("NOT_FOUND");
      assertThat(answer.header("RateLimit")).isEmpty();
    }
  }

  @Test
  void aRateThatTheEdgeRefusesByMemoryTellsIt() throws IOException {
    EdgeClient client = tenant("flood", "free");
    edge.admin().patch("/api/tenants/flood", "{\"quotas\":{\"opsPerSecond\":1,\"burst\":1}}");
    client.get("/v1/maps/m/entries/k");
    for (int n = 0; n < 5; n++) {
      var answer = client.get("/v1/maps/m/entries/k");
      assertThat(answer.status()).isEqualTo(429);
      assertTold(answer, 1);
    }
  }

  @Test
  void whatTheEdgeRefusesByMemoryIsCountedInTheTierOfItsTenant() throws IOException {
    EdgeClient client = tenant("counted", "free");
    edge.admin().patch("/api/tenants/counted", "{\"quotas\":{\"opsPerSecond\":1,\"burst\":1}}");
    edge.time.stop();
    try {
      for (int n = 0; n < 4; n++) {
        client.get("/v1/maps/m/entries/k");
      }
    } finally {
      edge.time.go();
    }
    assertThat(edge.metrics.denials)
        .filteredOn(denial -> denial.startsWith("counted "))
        .containsExactly(
            "counted C opsPerSecond false",
            "counted C opsPerSecond true",
            "counted C opsPerSecond true");
    assertThat(edge.metrics.operations)
        .filteredOn(operation -> operation.startsWith("counted "))
        .hasSize(2);
  }

  @Test
  void changedQuotasAreToldAtOnce() throws IOException {
    EdgeClient client = tenant("changed", "free");
    assertTold(client.get("/v1/nowhere"), 100);
    edge.admin().patch("/api/tenants/changed", "{\"quotas\":{\"opsPerSecond\":7}}");
    assertTold(client.get("/v1/nowhere"), 7);
  }

  private static void assertTold(EdgeClient.Answer answer, long quota) {
    assertThat(answer.response().headers().allValues("RateLimit-Policy"))
        .containsExactly("\"ops\";q=" + quota + ";w=1");
    assertThat(answer.response().headers().allValues("RateLimit"))
        .singleElement()
        .asString()
        .matches("\"ops\";r=\\d+;t=\\d+");
  }

  private static EdgeClient tenant(String id, String plan) throws IOException {
    return edge.as(edge.admin().tenantWithKey(id, plan, "[\"read\",\"write\"]"));
  }
}
