package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.cassandra.CassandraServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that keeps everything in Cassandra: its own folder may be lost. */
class CassandraNodeIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String ENTRY = "/v1/maps/users/entries/";

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereOnANodeWithAFreshFolder() {
    String key;
    try (NodeProcess node = launch("first", "60s")) {
      key = node.client().tenantWithKey("acme", ",\"plan\":\"pro\"");
      for (int i = 0; i < 50; i++) {
        node.client().put(ENTRY + "u" + i, key, "{\"n\":" + i + "}").expect(201);
      }
      node.client().put(ENTRY + "u7", key, "\"again\"").expect(200);
      node.kill();
    }
    try (NodeProcess node = launch("second", "60s")) {
      Client client = node.client();
      assertThat(client.get(ENTRY + "u7", key).expect(200).body()).isEqualTo("\"again\"");
      assertThat(client.get(ENTRY + "u49", key).expect(200).body()).isEqualTo("{\"n\":49}");
      assertThat(client.put(ENTRY + "new", key, "1").expect(201).json().get("version").asLong())
          .isEqualTo(52);
      assertThat(client.get("/api/tenants?q=ac", NodeProcess.ADMIN_KEY).expect(200).body())
          .contains("\"acme\"");
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void writesAreUnavailableWhileCassandraIsDownAndGoOnByThemselves() {
    try (NodeProcess node = launch("node", "20s")) {
      Client client = node.client();
      String key = client.tenantWithKey("down", "");
      client.put(ENTRY + "before", key, "1").expect(201);
      CassandraServer.shared().kill();
      try {
        client.put(ENTRY + "lost", key, "1").expect(503);
        until(() -> client.get("/ready", null), answer -> answer.status() == 503);
      } finally {
        CassandraServer.shared().start();
      }
      until(() -> client.get("/ready", null), answer -> answer.status() == 200);
      until(() -> client.put(ENTRY + "after", key, "1"), answer -> answer.status() < 300);
      assertThat(client.get(ENTRY + "before", key).expect(200).body()).isEqualTo("1");
    }
  }

  /** A request that Cassandra does not let end is answered after this time. */
  private NodeProcess launch(String data, String requestTimeout) {
    NodeProcess node =
        NodeProcess.launch(
            folder.resolve(data),
            Map.of(
                "ATOLL_ADMIN_KEY",
                NodeProcess.ADMIN_KEY,
                "ATOLL_HTTP_GATEWAY_REQUEST_TIMEOUT",
                requestTimeout,
                "ATOLL_STORE",
                "cassandra",
                "ATOLL_CASSANDRA_CONTACT_POINTS",
                CassandraServer.shared().contactPoint(),
                "ATOLL_CASSANDRA_KEYSPACE",
                "node_it",
                "ATOLL_CASSANDRA_REPLICATION",
                "{'class': 'SimpleStrategy', 'replication_factor': 1}"),
            List.of());
    node.url();
    return node;
  }

  private static void until(Supplier<Answer> question, Predicate<Answer> right) {
    long deadline = System.nanoTime() + SOON.toNanos();
    Answer answer = question.get();
    while (!right.test(answer)) {
      assertThat(System.nanoTime()).as("%s", answer).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = question.get();
    }
  }
}
