package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that keeps everything in Cassandra: its own folder may be lost. */
class CassandraNodeIT {
  /** A machine that is busy with other things is not a Cassandra that is down. */
  private static final Map<String, String> PATIENT = Map.of("ATOLL_CASSANDRA_SILENCE", "60s");

  private static final String ENTRY = "/v1/maps/users/entries/";

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereOnANodeWithAFreshFolder() {
    String key;
    try (NodeProcess node = CassandraNodes.launch(folder.resolve("first"), PATIENT)) {
      key = node.client().tenantWithKey("acme", ",\"plan\":\"pro\"");
      for (int i = 0; i < 50; i++) {
        node.client().put(ENTRY + "u" + i, key, "{\"n\":" + i + "}").expect(201);
      }
      node.client().put(ENTRY + "u7", key, "\"again\"").expect(200);
      node.kill();
    }
    try (NodeProcess node = CassandraNodes.launch(folder.resolve("second"), PATIENT)) {
      Client client = node.client();
      assertThat(client.get(ENTRY + "u7", key).expect(200).body()).isEqualTo("\"again\"");
      assertThat(client.get(ENTRY + "u49", key).expect(200).body()).isEqualTo("{\"n\":49}");
      assertThat(client.put(ENTRY + "new", key, "1").expect(201).json().get("version").asLong())
          .isEqualTo(52);
      assertThat(client.get("/api/tenants?q=ac", NodeProcess.ADMIN_KEY).expect(200).body())
          .contains("\"acme\"");
      assertThat(client.get("/metrics", NodeProcess.ADMIN_KEY).expect(200).body())
          .containsPattern("(?m)^atoll_journal_commit_seconds_count [1-9]")
          .containsPattern("(?m)^atoll_journal_commit_size_count [1-9]");
      assertThat(node.terminate()).isZero();
    }
  }
}
