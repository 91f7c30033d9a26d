package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose configuration file changes while it runs. */
class ReloadIT {
  private static final String ADMIN = NodeProcess.ADMIN_KEY;
  private static final Duration BOUND = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void aFileThatChangesHoldsWithoutARestartAndABadOneChangesNothing() throws IOException {
    Path file = write("gold.quotas.maps = 3");
    try (NodeProcess node =
        NodeProcess.start(folder.resolve("data"), "--config", file.toString())) {
      Client client = node.client();
      client.tenantWithKey("acme", ",\"plan\":\"gold\"");
      assertThat(maps(client)).isEqualTo(3);

      write("gold.quotas.maps = 4");
      await(() -> maps(client) == 4);

      write("gold.quotas.maps = 5, gold.teir = A");
      JsonNode outcome =
          client.post("/api/reload", ADMIN, "{}").expect(202).json().get("nodes").get(0);
      assertThat(outcome.get("status").asText()).isEqualTo("failed");
      assertThat(outcome.get("error").asText()).contains(file.toString(), "atoll.plans.gold.teir");
      assertThat(maps(client)).isEqualTo(4);
      await(() -> node.errors().contains("atoll.plans.gold.teir"));

      write("gold.quotas.maps = 6");
      client.post("/api/reload", ADMIN, "{\"plans\":true}").expect(202);
      assertThat(maps(client)).isEqualTo(6);
      client.put("/api/plans/gold", ADMIN, "{\"quotas\":{\"maps\":7}}").expect(200);
      node.kill();
    }
    try (NodeProcess node =
        NodeProcess.start(folder.resolve("data"), "--config", file.toString())) {
      assertThat(maps(node.client())).as("what was stored is there again").isEqualTo(7);
    }
  }

  private static int maps(Client client) {
    return client
        .get("/api/tenants/acme", ADMIN)
        .expect(200)
        .json()
        .get("quotas")
        .get("maps")
        .asInt();
  }

  private Path write(String plans) throws IOException {
    return Files.writeString(folder.resolve("node.conf"), "atoll.plans { " + plans + " }");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
