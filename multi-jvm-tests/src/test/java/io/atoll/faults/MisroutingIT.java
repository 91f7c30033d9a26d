package io.atoll.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.faults.cluster.Cluster;
import io.atoll.node.Client;
import io.atoll.node.NodeProcess;
import io.atoll.node.SocketClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many senders ask for the values of many tenants at once: each gets what it has asked for. */
class MisroutingIT {
  private static final int TENANTS = 1_000;
  private static final int SENDERS = 64;
  private static final int FRAME = 125;
  private static final int FRAMES = 125;
  private static final long SEED = Long.getLong("atoll.faults.seed", System.nanoTime());

  @TempDir static Path folder;
  private static Cluster cluster;

  private final LongAdder answered = new LongAdder();
  private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() {
    LongSet.require();
    cluster = Cluster.start(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void ofAMillionAnswersNoneIsAnotherTenants() {
    inParallel(TENANTS, MisroutingIT::make);
    long began = System.nanoTime();
    inParallel(SENDERS, this::ask);
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    Trial.write(
        "misrouting: %d senders, %d tenants, %d answers, failed %s, 0 of another tenant, %d s%n"
            .formatted(SENDERS, TENANTS, answered.sum(), failed, seconds));
    assertThat(answered.sum()).isEqualTo((long) SENDERS * FRAMES * FRAME);
    long refused = failed.values().stream().mapToLong(LongAdder::sum).sum();
    assertThat(refused).as("answers that tell nothing").isLessThan(answered.sum() / 100);
  }

  private static void make(int number) {
    Client client = client(number);
    String tenant = tenant(number);
    client
        .post(
            "/api/tenants",
            NodeProcess.ADMIN_KEY,
            "{\"id\":\"%s\",\"name\":\"x\",\"plan\":\"enterprise\"}".formatted(tenant))
        .expect(201);
    client
        .put(
            "/v1/maps/m/entries/k",
            NodeProcess.ADMIN_KEY,
            "\"%s\"".formatted(tenant),
            "X-Atoll-Tenant",
            tenant,
            "Content-Type",
            "application/json")
        .expect(201);
  }

  private void ask(int sender) {
    SplittableRandom random = new SplittableRandom(SEED + sender);
    SocketClient socket = client(sender).open(NodeProcess.ADMIN_KEY);
    for (int frame = 0; frame < FRAMES; frame++) {
      Map<Integer, String> asked = new HashMap<>();
      StringBuilder requests = new StringBuilder("[");
      for (int i = 0; i < FRAME; i++) {
        String tenant = tenant(random.nextInt(TENANTS));
        asked.put(i, tenant);
        requests
            .append(i == 0 ? "" : ",")
            .append("{\"id\":%d,\"op\":\"get\",\"map\":\"m\",\"key\":\"k\",".formatted(i))
            .append("\"tenant\":\"%s\"}".formatted(tenant));
      }
      socket.send(requests.append(']').toString());
      while (!asked.isEmpty()) {
        take(socket.next(), asked);
      }
    }
    socket.close();
  }

  private void take(JsonNode reply, Map<Integer, String> asked) {
    String tenant = asked.remove(reply.get("id").asInt());
    assertThat(tenant).as("a reply to what was asked: %s", reply).isNotNull();
    answered.increment();
    if (reply.get("ok").asBoolean()) {
      assertThat(reply.get("value").asText()).isEqualTo(tenant);
    } else {
      failed.computeIfAbsent(reply.at("/error/code").asText(), code -> new LongAdder()).increment();
    }
  }

  private static Client client(int number) {
    return cluster.nodes().get(number % Cluster.NODES).client();
  }

  private static String tenant(int number) {
    return "routed-" + number;
  }

  private static void inParallel(int count, IntConsumer work) {
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, count)
              .mapToObj(i -> CompletableFuture.runAsync(() -> work.accept(i), senders))
              .toList();
      all.forEach(CompletableFuture::join);
    }
  }
}
