package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterApiTest {
  private static final String MOVES = "/api/tenants/acme/migrations";

  private EdgeFixture edge;

  @BeforeEach
  void open() throws IOException {
    edge = EdgeFixture.open();
    edge.admin().post("/api/tenants", "{\"id\":\"acme\",\"name\":\"Acme\"}");
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @Test
  void theClusterShowsItsNodesAndCells() throws IOException {
    var answer = edge.admin().get("/api/cluster");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"whole\":false,\"reason\":\"node 10.0.0.2:25520 is unreachable\",\"moving\":2")
        .contains("\"oldest\":\"10.0.0.1:25520\"")
        .contains("\"address\":\"10.0.0.1:25520\",\"url\":\"http://10.0.0.1:8080\"")
        .contains("\"state\":\"up\",\"ready\":true,\"roles\":[\"blue\"]")
        .contains("\"version\":\"1.2.3\",\"tenants\":7,\"opsPerSecond\":12.3,\"journalMs\":4.6")
        .contains("\"heapBytes\":1000,\"diskBytes\":2000")
        .contains("{\"address\":\"10.0.0.2:25520\",\"url\":null,\"state\":\"unreachable\"")
        .contains(
            "{\"cell\":\"17\",\"node\":\"10.0.0.1:25520\",\"tenants\":3,\"entries\":5000000000,"
                + "\"opsPerSecond\":40,\"journalLagMs\":4.6}")
        .contains(
            "\"moves\":[{\"cell\":\"17\",\"from\":\"10.0.0.2:25520\",\"to\":\"10.0.0.1:25520\","
                + "\"pauseMs\":82,\"at\":\"1970-01-01T00:00:00")
        .contains("\"totals\":{\"nodes\":2,\"cells\":1,\"tenants\":7,\"opsPerSecond\":12.3}");
  }

  @Test
  void onlyTheOperatorSeesTheClusterAndMovesTenants() throws IOException {
    String key = edge.admin().key("acme", "[\"admin\"]");

    assertThat(edge.as(key).get("/api/cluster").code()).isEqualTo("FORBIDDEN");
    assertThat(edge.as(key).get(MOVES).code()).isEqualTo("FORBIDDEN");
    assertThat(edge.as(key).post(MOVES, move(FakeCluster.FIRST)).code()).isEqualTo("FORBIDDEN");
    assertThat(edge.as(key).post(drain(FakeCluster.FIRST) + "?force=true", "").code())
        .isEqualTo("FORBIDDEN");
    assertThat(edge.as("").get("/api/cluster").code()).isEqualTo("UNAUTHENTICATED");
    assertThat(edge.cluster.migrations).isEmpty();
    assertThat(edge.cluster.drained).isEmpty();
  }

  @Test
  void aNodeEndsWhenItIsForcedThoughAnotherIsMissing() throws IOException {
    var refused = edge.admin().post(drain(FakeCluster.FIRST), "");
    assertThat(refused.code()).isEqualTo("CONFLICT");
    assertThat(refused.text()).contains("node x is unreachable");

    var begun = edge.admin().post(drain(FakeCluster.FIRST) + "?force=true", "");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.text())
        .contains("\"address\":\"10.0.0.1:25520\"", "\"startedAt\":\"1970-01-01T00:00:00Z\"");
    assertThat(edge.cluster.drained).containsExactly(FakeCluster.FIRST);
  }

  @Test
  void aNodeThatIsNotThereCannotEnd() throws IOException {
    assertThat(edge.admin().post(drain("10.0.0.9:1"), "").code()).isEqualTo("NOT_FOUND");
    assertThat(edge.admin().post(drain(FakeCluster.FIRST) + "?force=yes", "").code())
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void aMigrationIsAcceptedAndCanBeFollowed() throws IOException {
    var begun = edge.admin().post(MOVES, move(FakeCluster.FIRST));

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.header("Location")).isEqualTo(MOVES + "/m0");
    assertThat(begun.text())
        .contains(
            "\"to\":{\"node\":\"10.0.0.1:25520\",\"tier\":null},\"status\":\"running\",\"step\":\"hold\"")
        .contains("\"pauseMs\":null");

    edge.cluster.migrations.replaceAll(migration -> migration.completed(12, 1_000));
    assertThat(edge.admin().get(MOVES + "/m0").text())
        .contains("\"status\":\"completed\",\"step\":\"release\",\"pauseMs\":12,\"error\":null")
        .contains("\"completedAt\":\"1970-01-01T00:00:01Z\"");
    assertThat(edge.admin().get(MOVES).text()).contains("{\"items\":[{\"id\":\"m0\"");
  }

  @Test
  void aMigrationThatIsAskedForAgainIsTheSameOne() throws IOException {
    var first = edge.admin().post(MOVES, move(FakeCluster.FIRST), "Idempotency-Key", "once");
    edge.cluster.migrations.replaceAll(migration -> migration.completed(12, 1_000));
    edge.time.advance(Duration.ofHours(23));
    var again = edge.admin().post(MOVES, move(FakeCluster.FIRST), "Idempotency-Key", "once");

    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(edge.cluster.migrations).hasSize(1);
    assertThat(
            edge.admin().post(MOVES, "{\"to\":{\"tier\":\"A\"}}", "Idempotency-Key", "once").code())
        .isEqualTo("CONFLICT");
    assertThat(edge.admin().post(MOVES, move(FakeCluster.FIRST), "Idempotency-Key", "a b").code())
        .isEqualTo("INVALID_REQUEST");
    edge.admin().post(MOVES, move(FakeCluster.FIRST), "Idempotency-Key", "twice");
    assertThat(edge.cluster.migrations).hasSize(2);
  }

  @Test
  void aKeyThatMovedATenantElsewhereADayBeforeMovesItNowhere() throws IOException {
    edge.admin().post(MOVES, move(FakeCluster.FIRST), "Idempotency-Key", "once");
    edge.time.advance(Duration.ofHours(25));

    assertThat(
            edge.admin().post(MOVES, "{\"to\":{\"tier\":\"A\"}}", "Idempotency-Key", "once").code())
        .isEqualTo("CONFLICT");
    assertThat(edge.cluster.migrations).hasSize(1);
  }

  @Test
  void aTenantThatHadTheIdBeforeKeepsNoMigrationFromTheNextOne() throws IOException {
    edge.admin().post(MOVES, move(FakeCluster.FIRST), "Idempotency-Key", "once");
    edge.time.advance(Duration.ofSeconds(1));
    edge.admin().delete("/api/tenants/acme");
    assertThat(edge.admin().delete("/api/tenants/acme?purge=true").status()).isEqualTo(204);
    edge.admin().post("/api/tenants", "{\"id\":\"acme\",\"name\":\"Another\"}");

    edge.admin().post(MOVES, move(FakeCluster.FIRST), "Idempotency-Key", "once");
    assertThat(edge.cluster.migrations).hasSize(2);
  }

  @Test
  void aMigrationSaysWhyItFailed() throws IOException {
    edge.admin().post(MOVES, move(FakeCluster.FIRST));
    edge.cluster.migrations.replaceAll(migration -> migration.failed("a node is silent", 9, 500));

    assertThat(edge.admin().get(MOVES + "/m0").text())
        .contains("\"status\":\"failed\"", "\"error\":\"a node is silent\"");
  }

  @Test
  void aMigrationIsAbortedWhileTheTenantHasNotMoved() throws IOException {
    edge.admin().post(MOVES, move(FakeCluster.FIRST));

    var answer = edge.admin().post(MOVES + "/m0/abort", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("\"status\":\"aborted\"");

    edge.cluster.migrations.replaceAll(migration -> migration.completed(12, 1_000));
    assertThat(edge.admin().post(MOVES + "/m0/abort", "").code()).isEqualTo("CONFLICT");
    assertThat(edge.admin().post(MOVES + "/m7/abort", "").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aTenantHasNoMigrationsOfOneThatHadItsIdBefore() throws IOException {
    edge.admin().post(MOVES, move(FakeCluster.FIRST));
    edge.time.advance(Duration.ofMinutes(2));
    edge.admin().delete("/api/tenants/acme");
    assertThat(edge.admin().delete("/api/tenants/acme?purge=true").status()).isEqualTo(204);
    edge.admin().post("/api/tenants", "{\"id\":\"acme\",\"name\":\"Another\"}");

    assertThat(edge.admin().get(MOVES).text()).contains("\"items\":[]");
    assertThat(edge.admin().get(MOVES + "/m0").code()).isEqualTo("NOT_FOUND");
    assertThat(edge.admin().post(MOVES + "/m0/abort", "").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aTenantMovesOnlyToANodeThatIsThere() throws IOException {
    var answer = edge.admin().post(MOVES, move(FakeCluster.SILENT));

    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    assertThat(answer.text()).contains("to.node");
  }

  @Test
  void aTenantMovesToATier() throws IOException {
    assertThat(edge.admin().post(MOVES, "{\"to\":{\"tier\":\"A\"}}").text())
        .contains("\"to\":{\"node\":null,\"tier\":\"A\"}");
  }

  @Test
  void aTenantFollowsThePlanThatItIsGiven() throws IOException {
    edge.cluster.followed.clear();
    edge.admin().patch("/api/tenants/acme", "{\"name\":\"Acme\"}");
    assertThat(edge.cluster.followed).isEmpty();
    edge.admin().patch("/api/tenants/acme", "{\"plan\":\"free\"}");

    assertThat(edge.cluster.followed).contains("acme to C");
  }

  @Test
  void whatIsNoMoveIsRefused() throws IOException {
    for (String body :
        new String[] {
          "{}",
          "{\"to\":{}}",
          "{\"to\":{\"region\":\"eu\"}}",
          "{\"to\":{\"tier\":\"D\"}}",
          "{\"to\":{\"tier\":\"A\",\"node\":\"10.0.0.1:25520\"}}",
          "[]"
        }) {
      assertThat(edge.admin().post(MOVES, body).code()).as(body).isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void aTenantThatIsNotThereHasNoMigrations() throws IOException {
    String path = "/api/tenants/nobody/migrations";

    assertThat(edge.admin().get(path).code()).isEqualTo("TENANT_NOT_FOUND");
    assertThat(edge.admin().post(path, move(FakeCluster.FIRST)).code())
        .isEqualTo("TENANT_NOT_FOUND");
    assertThat(edge.admin().get(MOVES + "/m7").code()).isEqualTo("NOT_FOUND");
  }

  private static String drain(String node) {
    return "/api/cluster/nodes/" + node + "/drain";
  }

  private static String move(String node) {
    return "{\"to\":{\"node\":\"" + node + "\"}}";
  }
}
