package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is killed again and again in the middle of many writers. */
class CrashIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int KILLS = 20;
  private static final int WRITERS = 64;
  private static final int MOST_WRITES = 2000;
  private static final int MAPS = 4;
  private static final int UNAVAILABLE = 503;
  private static final String TENANT = "crash";

  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final long[] highestVersions = new long[MAPS];

  @TempDir Path folder;

  @Test
  void nothingThatWasAcknowledgedIsLost() throws InterruptedException {
    Path data = folder.resolve("data");
    String key;
    try (NodeProcess node = NodeProcess.start(data)) {
      key = node.client().tenantWithKey(TENANT, ",\"plan\":\"enterprise\"");
    }
    for (int round = 0; round < KILLS; round++) {
      try (NodeProcess node = NodeProcess.start(data)) {
        checkContents(node.client(), key);
        checkVersions(writeUntilKilled(node, key, round));
      }
    }
    try (NodeProcess node = NodeProcess.start(data)) {
      checkContents(node.client(), key);
      checkMetering(node.client(), key);
      assertThat(node.terminate()).isZero();
    }
  }

  private Queue<Written> writeUntilKilled(NodeProcess node, String key, int round)
      throws InterruptedException {
    Queue<Written> written = new ConcurrentLinkedQueue<>();
    var underWay = new CountDownLatch(ThreadLocalRandom.current().nextInt(WRITERS, MOST_WRITES));
    Client client = node.client();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int map = writer % MAPS;
        String prefix = "r%d-w%d-".formatted(round, writer);
        writers.execute(() -> write(client, key, map, prefix, written, underWay));
      }
      assertThat(underWay.await(10, TimeUnit.MINUTES)).isTrue();
      node.kill();
    }
    return written;
  }

  /** Writes each key once, so every write that the journal took is an entry. */
  private static void write(
      Client client,
      String key,
      int map,
      String prefix,
      Queue<Written> written,
      CountDownLatch underWay) {
    for (int number = 0; ; number++) {
      String entry = prefix + number;
      try {
        Answer answer =
            client.put("/v1/maps/m%d/entries/%s".formatted(map, entry), key, "\"" + entry + "\"");
        if (answer.status() == UNAVAILABLE) {
          continue;
        }
        written.add(new Written(map, entry, answer.expect(201).json().get("version").asLong()));
        underWay.countDown();
      } catch (Client.GoneException killed) {
        return;
      }
    }
  }

  /**
   * A version is above all that were acknowledged in the map before the kill, and never repeats.
   */
  private void checkVersions(Queue<Written> written) {
    assertThat(written).hasSizeGreaterThanOrEqualTo(WRITERS);
    long[] before = highestVersions.clone();
    for (Written write : written) {
      assertThat(write.version()).isGreaterThan(before[write.map()]);
      assertThat(acknowledged.put(write.map() + "/" + write.key(), write.version())).isNull();
      highestVersions[write.map()] = Math.max(highestVersions[write.map()], write.version());
    }
    assertThat(written.stream().map(write -> write.map() + "/" + write.version()))
        .doesNotHaveDuplicates();
  }

  private void checkContents(Client client, String key) {
    Map<String, Long> found = new ConcurrentHashMap<>();
    for (int map = 0; map < MAPS && !acknowledged.isEmpty(); map++) {
      readAll(client, key, map, found);
    }
    assertThat(found).containsAllEntriesOf(acknowledged);
  }

  private static void readAll(Client client, String key, int map, Map<String, Long> found) {
    String after = "";
    while (after != null) {
      JsonNode page =
          patiently(client, "/v1/maps/m%d/entries?limit=1000&after=%s".formatted(map, after), key)
              .expect(200)
              .json();
      for (JsonNode item : page.get("items")) {
        assertThat(item.get("value").asText()).isEqualTo(item.get("key").asText());
        found.put(map + "/" + item.get("key").asText(), item.get("version").asLong());
      }
      after = page.get("next").isNull() ? null : page.get("next").asText();
    }
  }

  /** A tenant that still recovers on a busy machine says so; its answer is asked for again. */
  private static Answer patiently(Client client, String path, String key) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = client.get(path, key);
    while (answer.status() == UNAVAILABLE && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      answer = client.get(path, key);
    }
    return answer;
  }

  private static void checkMetering(Client client, String key) {
    long entries = 0;
    for (JsonNode map : patiently(client, "/v1/maps", key).expect(200).json().get("items")) {
      entries += map.get("entries").asLong();
    }
    long metered = 0;
    String path = "/api/tenants/" + TENANT + "/usage?period=minute";
    for (JsonNode bucket :
        patiently(client, path, NodeProcess.ADMIN_KEY).expect(200).json().get("items")) {
      metered += bucket.get("writeOps").asLong();
    }
    assertThat(metered).isEqualTo(entries);
  }

  private record Written(int map, String key, long version) {}
}
