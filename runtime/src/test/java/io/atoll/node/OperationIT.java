package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a node, and what it does by itself. */
class OperationIT {
  private static final Duration BOUND = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void metricsShowWhatHappened() {
    try (NodeProcess node = launch(Map.of("ATOLL_METRICS_SAMPLE_INTERVAL", "200ms"))) {
      Client client = node.client();
      String key = client.tenantWithKey("seen", ",\"plan\":\"pro\",\"quotas\":{\"entries\":2}");
      client.put("/v1/maps/m/entries/a", key, "1").expect(201);
      client.put("/v1/maps/m/entries/b", key, "1").expect(201);
      client.put("/v1/maps/m/entries/c", key, "1").expect(403);
      client.get("/v1/maps/m/entries/a", key).expect(200);
      SocketClient socket = client.open(key);
      socket.ask("{\"id\":1,\"op\":\"get\",\"map\":\"m\",\"key\":\"a\"}");

      awaitMetrics(
          client,
          "atoll_operations_total{op=\"set\",status=\"201\",tenant=\"seen\",tier=\"B\"} 2.0",
          "atoll_operations_total{op=\"set\",status=\"403\",tenant=\"seen\",tier=\"B\"} 1.0",
          "atoll_operations_total{op=\"get\",status=\"200\",tenant=\"seen\",tier=\"B\"} 2.0",
          "atoll_operation_seconds_count{op=\"get\",tier=\"B\"} 2",
          "atoll_denials_total{at=\"tenant\",quota=\"entries\",tenant=\"seen\",tier=\"B\"} 1.0",
          "atoll_errors_total{code=\"QUOTA_EXCEEDED\",tenant=\"seen\",tier=\"B\"} 1.0",
          "atoll_limit_usage_ratio{quota=\"entries\",tenant=\"seen\",tier=\"B\"} 1.0",
          "atoll_connections{tier=\"B\"} 1.0",
          "atoll_hot_tenants 1.0");
      socket.close();
      awaitMetrics(client, "atoll_connections{tier=\"B\"} 0.0");
    }
  }

  @Test
  void aDeletedTenantIsPurgedWhenItsRetentionIsOver() {
    try (NodeProcess node =
        launch(
            Map.of(
                "ATOLL_TENANT_RETENTION_AFTER_DELETE", "8s",
                "ATOLL_NODE_SWEEP_INTERVAL", "200ms"))) {
      Client client = node.client();
      String key = client.tenantWithKey("gone", "");
      client.put("/v1/maps/m/entries/a", key, "1").expect(201);
      client.delete("/api/tenants/gone", ADMIN_KEY).expect(204);
      client.get("/v1/maps", key).expect(410);

      await(() -> client.get("/api/tenants/gone", ADMIN_KEY).status() == 404);

      String next = client.tenantWithKey("gone", "");
      assertThat(client.get("/v1/maps", next).expect(200).json().get("items")).isEmpty();
      client.get("/v1/maps", key).expect(401);
    }
  }

  @Test
  void aPortThatIsTakenEndsWithOneAndOneLine() {
    try (NodeProcess first = launch(Map.of())) {
      String port = Integer.toString(first.url().getPort());
      Path other = folder.resolve("other");
      try (NodeProcess second =
          NodeProcess.run(
              folder.resolve("errors"),
              Map.of("ATOLL_ADMIN_KEY", ADMIN_KEY, "ATOLL_LOG_LEVEL", "error"),
              List.of(),
              List.of("serve", "--port", port, "--data", other.toString()))) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors()).containsOnlyOnce("\n").contains("cannot listen on");
      }
    }
  }

  @Test
  void jsonLogsAreOneObjectALine() {
    try (NodeProcess node = launch(Map.of("ATOLL_LOG_FORMAT", "json"))) {
      node.url();
      assertThat(node.terminate()).isZero();
      assertThat(node.errors().lines())
          .isNotEmpty()
          .allMatch(line -> Answer.parse(line).isObject());
    }
  }

  private NodeProcess launch(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("ATOLL_ADMIN_KEY", ADMIN_KEY);
    return NodeProcess.launch(folder.resolve("data"), all, List.of());
  }

  private static void awaitMetrics(Client client, String... expected) {
    await(() -> metrics(client).containsAll(List.of(expected)), () -> metrics(client));
  }

  private static List<String> metrics(Client client) {
    return client
        .get("/metrics", ADMIN_KEY)
        .body()
        .lines()
        .filter(line -> line.startsWith("atoll_"))
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    await(condition, () -> "");
  }

  private static void await(BooleanSupplier condition, Supplier<Object> present) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s", present.get()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
