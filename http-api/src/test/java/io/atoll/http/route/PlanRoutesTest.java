package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.http.Configuration.PlanChange;
import io.atoll.http.Configuration.Reload;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanRoutesTest {
  private static final String PRO = "/api/plans/pro";
  private static final String GOLD = "/api/plans/gold";

  private EdgeFixture edge;

  @BeforeEach
  void open() throws IOException {
    edge = EdgeFixture.open();
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @Test
  void theBuiltInPlansAreThereAndSaySo() throws IOException {
    JsonNode items = edge.admin().get("/api/plans").json().get("items");

    assertThat(items.findValuesAsText("name")).containsExactly("free", "pro", "enterprise");
    assertThat(items.findValuesAsText("source")).containsOnly("builtIn");
    assertThat(edge.admin().get(PRO).header("ETag")).isEqualTo("\"1\"");
    assertThat(edge.admin().get(GOLD).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aPlanThatWasReadCanBeChangedAndSentBack() throws IOException {
    ObjectNode plan = (ObjectNode) edge.admin().get(PRO).json();
    plan.withObject("/quotas").put("maps", 7);
    plan.withObject("/quotas/actions").remove("sync");

    var answer = edge.admin().put(PRO, plan.toString());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    plan.put("source", "stored");
    assertThat(answer.json()).isEqualTo(plan);
    assertThat(edge.admin().get(PRO).json()).isEqualTo(plan);
  }

  @Test
  void aNewPlanLeavesOutWhatShallBeAsInFree() throws IOException {
    var answer =
        edge.admin()
            .put(
                GOLD,
                "{\"tier\":\"B\",\"quotas\":{\"opsPerSecond\":5,\"storageBytes\":-1},"
                    + "\"features\":{\"customBranding\":true}}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo(GOLD);
    JsonNode quotas = answer.json().get("quotas");
    assertThat(quotas.get("opsPerSecond").asLong()).isEqualTo(5);
    assertThat(quotas.get("burst").asLong()).isEqualTo(5);
    assertThat(quotas.get("storageBytes").asLong()).isEqualTo(-1);
    assertThat(quotas.get("maps").asLong()).isEqualTo(10);
    assertThat(quotas.at("/actions/commands/limit").asLong()).isEqualTo(10);
    assertThat(answer.json().get("features").get("customBranding").asBoolean()).isTrue();
    assertThat(answer.json().get("features").get("prioritySupport").asBoolean()).isFalse();
  }

  @Test
  void whatAChangeLeavesOutIsNotThatOfTheChangeBefore() throws IOException {
    edge.admin().put(PRO, "{\"tier\":\"A\",\"quotas\":{\"maps\":1}}");
    var answer = edge.admin().put(PRO, "{\"quotas\":{\"entries\":2}}");

    assertThat(answer.json().get("tier").asText()).isEqualTo("B");
    assertThat(answer.json().get("quotas").get("maps").asLong()).isEqualTo(100);
    assertThat(answer.json().get("quotas").get("entries").asLong()).isEqualTo(2);
  }

  @Test
  void tenantsOfAPlanWhoseTierChangesFollowIt() throws IOException {
    edge.admin().put(GOLD, "{\"tier\":\"A\"}");
    edge.admin().put(PRO, "{\"quotas\":{\"maps\":1}}");
    assertThat(edge.cluster.followed).isEmpty();

    edge.admin().put(PRO, "{\"tier\":\"A\"}");
    edge.admin().put(PRO, "{\"tier\":\"A\",\"quotas\":{\"maps\":1}}");
    assertThat(edge.cluster.followed).containsExactly("all of pro");
  }

  @Test
  void ofTwoOperatorsWhoReadTheSameTheSecondIsTold() throws IOException {
    assertThat(edge.admin().put(PRO, "{}", "If-Match", "\"1\"").status()).isEqualTo(200);
    assertThat(edge.admin().put(PRO, "{}", "If-Match", "\"1\"").code())
        .isEqualTo("VERSION_MISMATCH");
    assertThat(edge.admin().put(PRO, "{}", "If-Match", "\"2\"").status()).isEqualTo(200);
    assertThat(edge.admin().put(PRO, "{}", "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(edge.admin().put(GOLD, "{}", "If-Match", "*").status()).isEqualTo(412);
    assertThat(edge.admin().put(GOLD, "{}", "If-None-Match", "*").status()).isEqualTo(201);
  }

  @Test
  void aHotTenantGetsTheChangedPlanAndWhatItHasUsedStaysUsed() throws IOException {
    String key = edge.admin().tenantWithKey("acme", "pro", "[\"read\",\"write\"]");
    assertThat(edge.as(key).put("/v1/maps/one/entries/k", "1").status()).isEqualTo(201);

    edge.admin().put(PRO, "{\"tier\":\"A\",\"quotas\":{\"maps\":1,\"opsPerSecond\":3}}");

    JsonNode tenant = edge.admin().get("/api/tenants/acme").json();
    assertThat(tenant.get("quotas").get("maps").asLong()).isEqualTo(1);
    assertThat(tenant.get("tier").asText()).isEqualTo("A");
    var refused = edge.as(key).put("/v1/maps/two/entries/k", "1");
    assertThat(refused.code()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(refused.json().get("quota").asText()).isEqualTo("maps");
    assertThat(refused.header("RateLimit-Policy")).contains("q=3;");
    assertThat(edge.admin().get("/api/tenants/acme/stats").json().at("/quotas/maps").asLong())
        .isEqualTo(1);
  }

  @Test
  void aTenantMayHaveANewPlanAtOnce() throws IOException {
    edge.admin().put(GOLD, "{\"quotas\":{\"maps\":3}}");
    edge.admin().tenantWithKey("acme", "gold", "[\"read\"]");

    assertThat(edge.admin().get("/api/tenants/acme").json().at("/quotas/maps").asLong())
        .isEqualTo(3);
  }

  @Test
  void whatIsNoPlanIsRefusedAndChangesNothing() throws IOException {
    String before = edge.admin().get(PRO).text();

    var answer = edge.admin().put(PRO, "{\"quotas\":{\"maps\":-2}}");
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    assertThat(answer.text()).contains("quotas.maps must be an integer from -1");
    assertThat(edge.admin().put(PRO, "[]").code()).isEqualTo("INVALID_REQUEST");
    assertThat(edge.admin().get(PRO).text()).isEqualTo(before);
  }

  @Test
  void aPlanNeedsANameThatPathsCanHold() throws IOException {
    for (String name : List.of("Gold", "-a", "a_b", "%20", "a".repeat(64))) {
      assertThat(edge.admin().put("/api/plans/" + name, "{}").code())
          .as(name)
          .isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void whatMayNotBeStoredIsSaid() throws IOException {
    edge.configuration.answer(new PlanChange.Contended());
    assertThat(edge.admin().put(PRO, "{}").code()).isEqualTo("UNAVAILABLE");
    edge.configuration.fail();
    var answer = edge.admin().put(PRO, "{}");
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  @Test
  void onlyTheOperatorChangesPlansAndReloads() throws IOException {
    String key = edge.admin().tenantWithKey("acme", "pro", "[\"read\",\"write\",\"admin\"]");

    assertThat(edge.as(key).put(PRO, "{}").code()).isEqualTo("FORBIDDEN");
    assertThat(edge.as(key).post("/api/reload", "{}").code()).isEqualTo("FORBIDDEN");
    assertThat(edge.as("").post("/api/reload", "{}").code()).isEqualTo("UNAUTHENTICATED");
    assertThat(edge.configuration.reloads).isEmpty();
  }

  @Test
  void aReloadSaysHowItWentOnEachNode() throws IOException {
    var answer = edge.admin().send("POST", "/api/reload", null);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text())
        .isEqualTo(
            "{\"nodes\":[{\"node\":\"10.0.0.1:25520\",\"status\":\"reloaded\",\"error\":null,"
                + "\"needRestart\":[\"atoll.data-folder\"]},"
                + "{\"node\":\"10.0.0.2:25520\",\"status\":\"failed\",\"error\":\"a.conf: bad\","
                + "\"needRestart\":[]}]}");
    assertThat(edge.configuration.reloads).containsExactly(Reload.EVERYTHING);
  }

  @Test
  void aReloadReadsWhatItNames() throws IOException {
    edge.admin().post("/api/reload", "{}");
    edge.admin().post("/api/reload", "{\"plans\":true}");
    edge.admin().post("/api/reload", "{\"flags\":true}");
    edge.admin().post("/api/reload", "{\"tenant\":\"acme\"}");
    edge.admin().post("/api/reload", "{\"tenant\":\"acme\",\"plans\":true,\"flags\":false}");

    assertThat(edge.configuration.reloads)
        .extracting(Reload::plans)
        .containsExactly(true, true, true, false, true);
    assertThat(edge.configuration.reloads)
        .extracting(reload -> reload.memory().getClass().getSimpleName())
        .containsExactly("OfAll", "OfNobody", "OfNobody", "OfTenant", "OfTenant");
  }

  @Test
  void whatIsNoReloadIsRefused() throws IOException {
    for (String body :
        List.of("[]", "{\"tenant\":\"A\"}", "{\"tenant\":1}", "{\"plans\":1}", "{\"all\":true}")) {
      assertThat(edge.admin().post("/api/reload", body).code())
          .as(body)
          .isEqualTo("INVALID_REQUEST");
    }
    assertThat(edge.configuration.reloads).isEmpty();
  }
}
