package io.atoll.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.cassandra.StoredStreams;
import io.atoll.node.NodeProcess;
import io.atoll.tenant.PersistenceIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Moves of single tenants, as whoever runs a cluster asks for them. */
public final class Migrations {
  private static final int MOST_TRIES = 5;

  /** Longer than nodes hold back what comes for a tenant whose move has failed. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private Migrations() {}

  /** Asks a node to move the tenant to another; returns the id of the migration. */
  public static String begin(String tenant, ClusterNode asked, ClusterNode to) {
    String body = "{\"to\":{\"node\":\"%s\"}}".formatted(to.address());
    return asked
        .client()
        .post(path(tenant), NodeProcess.ADMIN_KEY, body)
        .expect(202)
        .json()
        .get("id")
        .asText();
  }

  /**
   * Has the node take the tenant, and waits until it has; returns the ids of the migrations. On a
   * busy machine one may fail, because a node does not answer soon enough, and is begun again: the
   * last one is completed.
   */
  public static List<String> move(String tenant, ClusterNode to) {
    List<String> begun = new ArrayList<>();
    while (begun.size() < MOST_TRIES) {
      String id = begin(tenant, to, to);
      begun.add(id);
      Await.until("the migration has ended", () -> !status(tenant, id, to).equals("running"));
      if (status(tenant, id, to).equals("completed")) {
        return begun;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError(
        "%s does not move to %s: %s".formatted(tenant, to.address(), list(tenant, to)));
  }

  private static String status(String tenant, String id, ClusterNode asked) {
    return asked
        .client()
        .get(path(tenant) + "/" + id, NodeProcess.ADMIN_KEY)
        .expect(200)
        .json()
        .get("status")
        .asText();
  }

  /** All of the tenant's migrations as this node lists them, the newest first. */
  public static JsonNode list(String tenant, ClusterNode asked) {
    return asked.client().get(path(tenant), NodeProcess.ADMIN_KEY).expect(200).json().get("items");
  }

  /**
   * For how long the tenant's requests were held in each of them, in milliseconds, shortest first.
   */
  public static List<Long> pauses(String tenant, ClusterNode asked) {
    return list(tenant, asked).findValues("pauseMs").stream()
        .map(JsonNode::asLong)
        .sorted()
        .toList();
  }

  /** The tenant has the end of the migration in its journal, soon and once. */
  public static void assertWrittenDown(String tenant, String id) {
    String stream = PersistenceIds.tenant(tenant);
    try (StoredStreams streams = StoredStreams.open(Cluster.KEYSPACE)) {
      Await.until(
          "%s has written down how %s ended".formatted(tenant, id),
          () -> streams.holding(stream, id) > 0);
      assertThat(streams.holding(stream, id)).as("ends of %s of %s", id, tenant).isEqualTo(1);
    }
  }

  private static String path(String tenant) {
    return "/api/tenants/" + tenant + "/migrations";
  }
}
