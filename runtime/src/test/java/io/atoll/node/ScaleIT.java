package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One large map and many small tenants in a heap of one gigabyte. */
class ScaleIT {
  private static final int ENTRIES = 100_000;
  private static final int TENANTS = 1_000;
  private static final int MAPS = 10;
  private static final int BATCH = 1_000;

  /** A restart may take this long, or so many times a start without data on the same machine. */
  private static final Duration RESTART_BOUND = Duration.ofSeconds(10);

  private static final int RESTART_FACTOR = 4;

  @TempDir Path folder;

  @Test
  void aLargeMapAndManyTenantsFitAndRestartSoon() throws Exception {
    Path data = folder.resolve("data");
    String key;
    Duration empty;
    long first = System.nanoTime();
    try (NodeProcess node = small(data)) {
      node.url();
      empty = Duration.ofNanos(System.nanoTime() - first);
      Client client = node.client();
      key = client.tenantWithKey("large", ",\"plan\":\"enterprise\"");
      inParallel(4, ENTRIES / BATCH, batch -> write(client, key, batch));
      inParallel(16, TENANTS, tenant -> fill(client, tenant));
      checkLarge(client, key);
      assertThat(node.terminate()).isZero();
    }
    long started = System.nanoTime();
    try (NodeProcess node = small(data)) {
      node.url();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(bound(empty));
      checkLarge(node.client(), key);
      inParallel(16, TENANTS, tenant -> check(node.client(), tenant));
    }
  }

  private static Duration bound(Duration empty) {
    Duration relative = empty.multipliedBy(RESTART_FACTOR);
    return relative.compareTo(RESTART_BOUND) > 0 ? relative : RESTART_BOUND;
  }

  private static NodeProcess small(Path data) {
    return NodeProcess.launch(data, Map.of("ATOLL_ADMIN_KEY", ADMIN_KEY), List.of("-Xmx1g"));
  }

  private static void write(Client client, String key, int batch) {
    var operations = new StringBuilder("[");
    for (int item = 0; item < BATCH; item++) {
      String entry = entry(batch * BATCH + item);
      operations
          .append(item == 0 ? "" : ",")
          .append("{\"op\":\"set\",\"map\":\"large\",\"key\":\"" + entry + "\",")
          .append("\"value\":{\"name\":\"" + entry + "\",\"text\":\"" + "x".repeat(80) + "\"}}");
    }
    for (JsonNode item : client.post("/v1/batch", key, operations + "]").expect(200).json()) {
      assertThat(item.get("status").asInt()).isEqualTo(201);
    }
  }

  private static void checkLarge(Client client, String key) {
    JsonNode maps = client.get("/v1/maps", key).expect(200).json().get("items");
    assertThat(maps.get(0).get("entries").asInt()).isEqualTo(ENTRIES);
    for (int number = 0; number < ENTRIES; number += 997) {
      String path = "/v1/maps/large/entries/" + entry(number);
      assertThat(client.get(path, key).expect(200).json().get("name").asText())
          .isEqualTo(entry(number));
    }
  }

  private static String entry(int number) {
    return "entry-%06d".formatted(number);
  }

  private static void fill(Client client, int tenant) {
    String id = "tenant-" + tenant;
    client
        .post("/api/tenants", ADMIN_KEY, "{\"id\":\"" + id + "\",\"name\":\"" + id + "\"}")
        .expect(201);
    var operations = new StringBuilder("[");
    for (int map = 0; map < MAPS; map++) {
      operations
          .append(map == 0 ? "" : ",")
          .append(
              "{\"op\":\"set\",\"map\":\"m" + map + "\",\"key\":\"k\",\"value\":" + tenant + "}");
    }
    Answer answer = client.post("/v1/batch", ADMIN_KEY, operations + "]", "X-Atoll-Tenant", id);
    answer
        .expect(200)
        .json()
        .forEach(item -> assertThat(item.get("status").asInt()).isEqualTo(201));
  }

  private static void check(Client client, int tenant) {
    String path = "/v1/maps/m" + tenant % MAPS + "/entries/k";
    assertThat(client.get(path, ADMIN_KEY, "X-Atoll-Tenant", "tenant-" + tenant).expect(200).body())
        .isEqualTo(Integer.toString(tenant));
  }

  private static void inParallel(int threads, int count, IntConsumer work) throws Exception {
    List<Future<?>> pending = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int number = 0; number < count; number++) {
        int mine = number;
        pending.add(pool.submit(() -> work.accept(mine)));
      }
    }
    for (Future<?> done : pending) {
      done.get();
    }
  }
}
