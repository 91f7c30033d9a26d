package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch is a request of its tenant, whatever is in it. */
class BatchAdmissionTest {
  private static EdgeFixture edge;

  @BeforeAll
  static void open() throws IOException {
    edge = EdgeFixture.open();
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[7]",
        "[{\"op\":\"jump\"}]",
        "[{\"op\":\"get\",\"map\":\"m\",\"key\":\"k\"}]"
      })
  void aTenantThatServesNoDataRefusesItAsAWhole(String batch) throws IOException {
    String id = id("gone", batch);
    EdgeClient client = edge.as(edge.admin().tenantWithKey(id, "free", "[\"read\"]"));
    edge.admin().patch("/api/tenants/" + id, "{\"status\":\"suspended\"}");
    var suspended = client.post("/v1/batch", batch);
    assertThat(suspended.status()).isEqualTo(403);
    assertThat(suspended.code()).isEqualTo("TENANT_SUSPENDED");
    edge.admin().delete("/api/tenants/" + id);
    var deleted = edge.admin().post("/v1/batch", batch, "X-Atoll-Tenant", id);
    assertThat(deleted.status()).isEqualTo(410);
    assertThat(deleted.code()).isEqualTo("TENANT_DELETED");
    var unknown = edge.admin().post("/v1/batch", batch, "X-Atoll-Tenant", "never-made");
    assertThat(unknown.code()).isEqualTo("TENANT_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[7,8]"})
  void oneWithoutOperationsIsOneRequestAndNoOperation(String batch) throws IOException {
    String id = id("counted", batch);
    EdgeClient client = edge.as(edge.admin().tenantWithKey(id, "enterprise", "[\"read\"]"));
    edge.admin()
        .patch(
            "/api/tenants/" + id,
            "{\"quotas\":{\"requestsPerSecond\":0,\"opsPerSecond\":1,\"burst\":1}}");
    var refused = client.post("/v1/batch", batch);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().get("quota").asText()).isEqualTo("requestsPerSecond");
    edge.admin().patch("/api/tenants/" + id, "{\"quotas\":{\"requestsPerSecond\":null}}");
    for (int n = 0; n < 3; n++) {
      var passed = client.post("/v1/batch", batch);
      assertThat(passed.status()).isEqualTo(200);
      assertThat(passed.header("RateLimit")).startsWith("\"ops\";r=1;");
    }
  }

  private static String id(String name, String batch) {
    return name + "-" + Integer.toHexString(batch.hashCode());
  }
}
