package io.atoll.bench;

import static io.atoll.node.NodeProcess.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.node.Answer;
import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a node in a process of its own. */
class BenchIT {
  @TempDir static Path folder;
  private static NodeProcess node;
  private static Client client;

  @BeforeAll
  static void start() {
    node = NodeProcess.start(folder.resolve("data"));
    client = node.client();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aClosedLoopIsMeasuredAndLeavesNothingBehind() {
    JsonNode report = json(0, "--tenants=3", "--maps=2", "--keys=10", "--scans=10", "--users=16");
    assertThat(report.get("served").asLong()).isPositive();
    assertThat(report.get("failed").asLong()).isZero();
    assertThat(report.get("missing").asLong()).isZero();
    for (String kind : List.of("get", "set", "scan")) {
      assertThat(report.get("operations").get(kind).get("served").asLong()).isPositive();
    }
    assertThat(report.get("latencyMs").get("p50").asDouble()).isPositive();
    assertThat(report.get("timeline")).isNotEmpty();
    client.get("/api/tenants/bench-0000", ADMIN_KEY).expect(404);
  }

  @Test
  void aRateIsKeptOverHttp() {
    JsonNode report = json(0, "--tenants=2", "--keys=10", "--rate=200", "--http");
    assertThat(report.get("served").asLong()).isBetween(395L, 405L);
    assertThat(report.get("settings").get("protocol").asText()).isEqualTo("http");
  }

  @Test
  void plansCallAtTheirIntervals() {
    JsonNode report =
        json(0, "--plans=pro=1@20ms,free=1@100ms", "--users=4", "--tenants=4", "--keys=5");
    assertThat(report.get("plans").get("pro").get("served").asLong()).isBetween(190L, 210L);
    assertThat(report.get("plans").get("free").get("served").asLong()).isBetween(35L, 45L);
  }

  @Test
  void whatAQuotaRefusesIsCountedApart() {
    JsonNode report =
        json(
            0,
            "--tenants=1",
            "--plans=free",
            "--rate=300",
            "--maps=1",
            "--keys=50",
            "--prefix=few");
    assertThat(report.get("limited").asLong()).isPositive();
    assertThat(report.get("limitedLatencyMs").get("p99").asDouble()).isPositive();
    assertThat(report.get("served").asLong()).isLessThan(400);
    assertThat(report.get("errors")).isEmpty();
  }

  @Test
  void tenantsThatAreKeptAreUsedAgain() {
    List<String> flags = List.of("--tenants=2", "--keys=5", "--prefix=kept", "--users=2");
    List<String> keeping = new ArrayList<>(flags);
    keeping.add("--keep");
    json(0, keeping.toArray(String[]::new));
    client.get("/api/tenants/kept-0001", ADMIN_KEY).expect(200);
    json(0, flags.toArray(String[]::new));
    client.get("/api/tenants/kept-0001", ADMIN_KEY).expect(200);
  }

  @Test
  void aTenantsOwnKeyIsEnough() {
    String key = client.tenantWithKey("own", ",\"plan\":\"enterprise\"");
    JsonNode report = json(0, "--key", key, "--keys=5", "--users=4");
    assertThat(report.get("served").asLong()).isPositive();
    client.get("/v1/maps/m0/entries/k0", key).expect(200);
  }

  @Test
  void peopleGetATable() {
    try (NodeProcess run = run("--tenants=1", "--keys=5", "--users=2", "--progress")) {
      assertThat(run.exitCode()).as(run::errors).isZero();
      assertThat(String.join("\n", run.output()))
          .contains("p99.9 ms", "all", "  get", "  set", "limited  0", "errors   0");
      assertThat(run.errors()).contains("made 1 tenant,", "ops/s", "removed 1 tenant");
    }
  }

  @Test
  void aTargetThatIsNotThereFailsInOneLine() {
    try (NodeProcess run = run("--url=http://127.0.0.1:1")) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors().lines().toList().getLast()).startsWith("atoll: cannot reach");
      assertThat(run.output()).isEmpty();
    }
  }

  @Test
  void aWrongFlagEndsWithTwoInOneLine() {
    try (NodeProcess run = run("--reads=200")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors()).isEqualTo("atoll: --reads takes 0 to 100\n");
    }
  }

  @Test
  void aPlanThatTheNodeDoesNotHaveIsAWrongFlag() {
    try (NodeProcess run = run("--plans=pro=1,gold=2", "--prefix=gold")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors())
          .isEqualTo("atoll: --plans: the node has no plan 'gold'; it has free, pro, enterprise\n");
      assertThat(run.output()).isEmpty();
    }
    client.get("/api/tenants/gold-0000", ADMIN_KEY).expect(404);
  }

  private static JsonNode json(int exitCode, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--json");
    try (NodeProcess run = run(all.toArray(String[]::new))) {
      assertThat(run.exitCode()).as(run::errors).isEqualTo(exitCode);
      assertThat(run.output()).hasSize(1);
      return Answer.parse(run.output().getFirst());
    }
  }

  private static NodeProcess run(String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of("bench", "--url", node.url().toString(), "--warm-up=100ms", "--duration=2s"));
    arguments.addAll(List.of(flags));
    Path errors = folder.resolve("bench-" + System.nanoTime() + ".log");
    return NodeProcess.run(errors, Map.of("ATOLL_ADMIN_KEY", ADMIN_KEY), List.of(), arguments);
  }
}
