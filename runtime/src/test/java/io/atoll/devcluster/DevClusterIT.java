package io.atoll.devcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.cassandra.CassandraServer;
import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts a cluster as the launcher does, uses it and stops it. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DevClusterIT {
  private static final Duration START_BOUND = Duration.ofMinutes(8);
  private static final Pattern URL = Pattern.compile("  node \\d +(http://\\S+)");

  @TempDir Path folder;

  @BeforeAll
  static void cassandraRunsHere() {
    CassandraServer.requireJava17();
  }

  @Test
  void whatOneNodeTakesAnotherGivesAlsoAfterARestart() throws IOException {
    String key;
    try (NodeProcess cluster = launch()) {
      List<Client> nodes = awaitReady(cluster);
      key = nodes.get(0).tenantWithKey("acme", "");
      nodes.get(0).put("/v1/maps/m/entries/k", key, "1").expect(201);
      assertThat(nodes.get(1).get("/v1/maps/m/entries/k", key).expect(200).body()).isEqualTo("1");
      assertHasRehearsed(folder.resolve("cluster").resolve("node-1.log"));
      stop(cluster);
    }
    try (NodeProcess cluster = launch()) {
      List<Client> nodes = awaitReady(cluster);
      assertThat(nodes.get(1).get("/v1/maps/m/entries/k", key).expect(200).body()).isEqualTo("1");
      stop(cluster);
    }
  }

  /**
   * Else the first that a node is asked for would be slow, and nothing would be wrong. On a slow
   * machine a rehearsal may be over before its end.
   */
  private static void assertHasRehearsed(Path log) throws IOException {
    assertThat(Files.readString(log))
        .containsPattern("rehearsed [1-9]\\d* starts of a tenant|rehearsal of a tenant ends")
        .containsPattern("rehearsed [1-9]\\d* rounds of moves|rehearsal of moves ends")
        .containsPattern("rehearsed the edge|rehearsal of the edge ends");
  }

  private NodeProcess launch() {
    return NodeProcess.run(
        folder.resolve("errors"),
        Map.of("ATOLL_ADMIN_KEY", NodeProcess.ADMIN_KEY, "ATOLL_NODE_DRAIN_TIMEOUT", "10s"),
        List.of(),
        List.of(
            "dev-cluster",
            "--nodes=2",
            "--port=0",
            "--data=" + folder.resolve("cluster"),
            "--cassandra-lib=" + NodeProcess.root().resolve("config/cassandra/target/lib")));
  }

  private static List<Client> awaitReady(NodeProcess cluster) {
    long deadline = System.nanoTime() + START_BOUND.toNanos();
    while (cluster.output().stream().noneMatch(line -> line.contains("stop with Ctrl-C"))) {
      assertThat(cluster.isAlive() && System.nanoTime() < deadline)
          .as(() -> String.join("\n", cluster.output()) + cluster.errors())
          .isTrue();
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return cluster.output().stream()
        .map(URL::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> new Client(URI.create(matcher.group(1))))
        .toList();
  }

  private static void stop(NodeProcess cluster) {
    List<ProcessHandle> parts =
        ProcessHandle.of(cluster.pid()).stream().flatMap(ProcessHandle::descendants).toList();
    assertThat(parts).hasSizeGreaterThanOrEqualTo(3);

    assertThat(cluster.terminate()).isZero();

    parts.forEach(part -> part.onExit().orTimeout(60, TimeUnit.SECONDS).join());
  }
}
