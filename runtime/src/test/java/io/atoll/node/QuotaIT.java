package io.atoll.node;

import static io.atoll.node.NodeProcess.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of one tenant as many clients meet them at once. */
class QuotaIT {
  private static final int WRITERS = 64;

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
  void ofAHundredUsesAtOnceExactlyTenPass() throws Exception {
    client.tenantWithKey("actions", "");
    List<Answer> answers =
        atOnce(
            100,
            use -> client.post("/api/tenants/actions/limits/commands/consume", ADMIN_KEY, "{}"));

    assertThat(byStatus(answers)).isEqualTo(Map.of(200, 10L, 429, 90L));
    JsonNode status =
        client.get("/api/tenants/actions/limits/commands", ADMIN_KEY).expect(200).json();
    assertThat(status.get("current").asLong()).isEqualTo(10);
    assertThat(status.get("remaining").asLong()).isZero();
  }

  @Test
  void aCapOfEntriesHoldsUnderManyWriters() throws Exception {
    String key =
        client.tenantWithKey("entries", ",\"plan\":\"enterprise\",\"quotas\":{\"entries\":100}");
    List<Answer> answers =
        atOnce(
            200, number -> client.put("/v1/maps/m" + number % 3 + "/entries/k" + number, key, "1"));

    assertThat(byStatus(answers)).isEqualTo(Map.of(201, 100L, 403, 100L));
    assertRefusedBy(answers, 403, "entries");
  }

  @Test
  void aCapOfStorageHoldsUnderManyWriters() throws Exception {
    String key =
        client.tenantWithKey(
            "storage", ",\"plan\":\"enterprise\",\"quotas\":{\"storageBytes\":1009}");
    String value = "\"" + "v".repeat(95) + "\"";
    List<Answer> answers =
        atOnce(
            WRITERS,
            number -> client.put("/v1/maps/m/entries/k%02d".formatted(number), key, value));

    assertThat(byStatus(answers)).isEqualTo(Map.of(201, 10L, 403, WRITERS - 10L));
    assertRefusedBy(answers, 403, "storageBytes");
  }

  @Test
  void aCapOfMapsHoldsUnderManyWriters() throws Exception {
    String key = client.tenantWithKey("maps", ",\"plan\":\"enterprise\",\"quotas\":{\"maps\":5}");
    List<Answer> answers =
        atOnce(WRITERS, number -> client.put("/v1/maps/m" + number + "/entries/k", key, "1"));

    assertThat(byStatus(answers)).isEqualTo(Map.of(201, 5L, 403, WRITERS - 5L));
    assertRefusedBy(answers, 403, "maps");
  }

  @Test
  void aChangedQuotaHoldsAtTheNextRequest() {
    String key = client.tenantWithKey("patched", ",\"quotas\":{\"opsPerSecond\":0,\"burst\":0}");
    client.put("/v1/maps/m/entries/k", key, "1").expect(429);

    patch("patched", "{\"quotas\":{\"opsPerSecond\":-1,\"burst\":null}}");
    client.put("/v1/maps/m/entries/k", key, "1").expect(201);

    patch("patched", "{\"quotas\":{\"opsPerSecond\":0,\"burst\":0}}");
    assertThat(client.get("/v1/maps/m/entries/k", key).expect(429).code())
        .isEqualTo("RATE_LIMITED");

    patch("patched", "{\"quotas\":{\"opsPerSecond\":null,\"burst\":null}}");
    client.get("/v1/maps/m/entries/k", key).expect(200);
  }

  @Test
  void fewerConnectionsCloseNobodyAndRefuseTheNext() {
    String key = client.tenantWithKey("connections", ",\"quotas\":{\"connections\":2}");
    SocketClient first = opened(key);
    SocketClient second = opened(key);

    patch("connections", "{\"quotas\":{\"connections\":1}}");

    assertThat(first.ask("{\"id\":1,\"op\":\"ping\"}").get("ok").asBoolean()).isTrue();
    assertThat(second.ask("{\"id\":1,\"op\":\"ping\"}").get("ok").asBoolean()).isTrue();
    assertRefusedForConnections(key);
    first.close();
    awaitConnections("connections", 1);
    assertRefusedForConnections(key);
    second.close();
    awaitConnections("connections", 0);
    opened(key).close();
  }

  @Test
  void everyWayInSharesOneBucket() throws Exception {
    String first = client.tenantWithKey("shared", ",\"quotas\":{\"opsPerSecond\":1,\"burst\":40}");
    String second = client.key("shared");
    long started = System.nanoTime();
    List<Integer> passed = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      passed.add(overHttp(first, 10));
      passed.add(overHttp(second, 10));
      passed.add(overSocket(first, 10));
      passed.add(overSocket(second, 10));
    }
    long seconds = (System.nanoTime() - started) / 1_000_000_000L + 1;

    int all = passed.stream().mapToInt(Integer::intValue).sum();
    assertThat(all).isBetween(40, Math.toIntExact(40 + seconds));
  }

  @Test
  void aRefusedOperationMetersNothingButItsRefusal() {
    String key =
        client.tenantWithKey("metered", ",\"plan\":\"enterprise\",\"quotas\":{\"entries\":1}");
    client.put("/v1/maps/m/entries/a", key, "1").expect(201);
    client.put("/v1/maps/m/entries/b", key, "1").expect(403);
    client.get("/v1/maps/m/entries/a", key).expect(200);
    client.get("/v1/maps/m/entries/b", key).expect(404);

    long writes = 0;
    long reads = 0;
    long rejected = 0;
    for (JsonNode bucket :
        client
            .get("/api/tenants/metered/usage?period=day", ADMIN_KEY)
            .expect(200)
            .json()
            .get("items")) {
      writes += bucket.get("writeOps").asLong();
      reads += bucket.get("readOps").asLong();
      rejected += bucket.get("rejectedOps").asLong();
    }
    assertThat(List.of(writes, reads, rejected)).isEqualTo(List.of(1L, 2L, 1L));
  }

  private static int overHttp(String key, int operations) {
    int passed = 0;
    for (int operation = 0; operation < operations; operation++) {
      Answer answer = client.get("/v1/maps/none/entries/k", key);
      assertThat(answer.status()).isIn(404, 429);
      passed += answer.status() == 404 ? 1 : 0;
    }
    return passed;
  }

  private static int overSocket(String key, int operations) {
    SocketClient socket = opened(key);
    int passed = 0;
    for (int operation = 0; operation < operations; operation++) {
      String code =
          socket
              .ask("{\"id\":%d,\"op\":\"get\",\"map\":\"none\",\"key\":\"k\"}".formatted(operation))
              .at("/error/code")
              .asText();
      assertThat(code).isNotEmpty();
      passed += code.equals("RATE_LIMITED") ? 0 : 1;
    }
    socket.close();
    return passed;
  }

  /** An open session that has been admitted. */
  private static SocketClient opened(String key) {
    SocketClient socket = client.open(key);
    assertThat(socket.ask("{\"id\":0,\"op\":\"ping\"}").get("ok").asBoolean()).isTrue();
    return socket;
  }

  /** A tenant hears of a closed session a moment after its client. */
  private static void awaitConnections(String tenant, int expected) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    int present = connections(tenant);
    while (present != expected) {
      assertThat(System.nanoTime()).as("%d connections", present).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      present = connections(tenant);
    }
  }

  private static int connections(String tenant) {
    return client
        .get("/api/tenants/" + tenant + "/stats", ADMIN_KEY)
        .expect(200)
        .json()
        .at("/usage/connections")
        .asInt(-1);
  }

  private static void assertRefusedForConnections(String key) {
    SocketClient refused = client.open(key);
    assertThat(refused.closeCode()).isEqualTo(4429);
  }

  private static void patch(String tenant, String body) {
    client
        .patch(
            "/api/tenants/" + tenant,
            ADMIN_KEY,
            body,
            "Content-Type",
            "application/merge-patch+json")
        .expect(200);
  }

  private static void assertRefusedBy(List<Answer> answers, int status, String quota) {
    assertThat(answers.stream().filter(answer -> answer.status() == status))
        .allSatisfy(answer -> {
          assertThat(answer.code()).isEqualTo("QUOTA_EXCEEDED");
          assertThat(answer.json().get("quota").asText()).isEqualTo(quota);
        });
  }

  private static Map<Integer, Long> byStatus(List<Answer> answers) {
    return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
  }

  /** Sends so many requests at the same moment. */
  private static List<Answer> atOnce(int count, IntFunction<Answer> request) throws Exception {
    var start = new CountDownLatch(1);
    List<Future<Answer>> pending = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < count; number++) {
        int mine = number;
        pending.add(
            pool.submit(() -> {
              start.await();
              return request.apply(mine);
            }));
      }
      start.countDown();
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> answer : pending) {
      answers.add(answer.get());
    }
    return answers;
  }
}
