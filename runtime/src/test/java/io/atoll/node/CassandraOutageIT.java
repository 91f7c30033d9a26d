package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.cassandra.CassandraServer;
import io.atoll.tenant.MinutePhase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose Cassandra goes away for a while. */
class CassandraOutageIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration OUTAGE =
      Duration.ofSeconds(Boolean.getBoolean("atoll.faults.long") ? 60 : 15);

  /** So long before the outage no tenant has begun to write its use down. */
  private static final long QUIET_BEFORE_MILLIS = 5_000;

  /**
   * Longer than the outage, and so short that with two tenants there is such a time each minute.
   */
  private static final long QUIET_AFTER_MILLIS = 20_000;

  private static final long MINUTE_MILLIS = 60_000;

  /** What a caller waits for at most when Cassandra falls silent. */
  private static final Map<String, String> AS_DOCUMENTED =
      Map.of("ATOLL_CASSANDRA_SILENCE", "700ms");

  private static final String ENTRY = "/v1/maps/users/entries/";

  /** Of the time after which a request to Cassandra would be over: much less. */
  private static final long BOUND_MILLIS = 8_000;

  @TempDir Path folder;

  @Test
  void aCassandraThatIsKilledIsMissedByWritesOnly() {
    CassandraServer server = CassandraServer.shared();
    outage("killed", Map.of(), server::kill, server::start);
  }

  @Test
  void aCassandraThatIsFrozenIsMissedByWritesOnly() {
    CassandraServer server = CassandraServer.shared();
    outage("frozen", AS_DOCUMENTED, server::pause, server::resume);
  }

  @Test
  void afterTheTimeForReadsNothingIsReadAnyMore() {
    try (NodeProcess node =
        CassandraNodes.launch(folder, Map.of("ATOLL_CASSANDRA_READS_WHILE_DOWN", "3s"))) {
      Client client = node.client();
      String key = client.tenantWithKey("bounded", ",\"plan\":\"pro\"");
      client.put(ENTRY + "a", key, "1").expect(201);
      CassandraServer.shared().pause();
      try {
        until(() -> client.get(ENTRY + "a", key), answer -> answer.status() == 503);
      } finally {
        CassandraServer.shared().resume();
      }
      until(() -> client.get(ENTRY + "a", key), answer -> answer.status() == 200);
      until(() -> client.put(ENTRY + "a", key, "2"), answer -> answer.status() == 200);
    }
  }

  private void outage(String name, Map<String, String> variables, Runnable begin, Runnable end) {
    try (NodeProcess node = CassandraNodes.launch(folder, variables)) {
      Client client = node.client();
      String written = tenantWithKey(client, name + "-written");
      String quiet = tenantWithKey(client, name + "-quiet");
      until(() -> client.put(ENTRY + "before", written, "1"), answer -> answer.status() < 300);
      until(() -> client.put(ENTRY + "before", quiet, "1"), answer -> answer.status() < 300);
      awaitQuietSeconds(name + "-written", name + "-quiet");
      until(() -> client.get(ENTRY + "before", written), answer -> answer.status() == 200);
      until(() -> client.get(ENTRY + "before", quiet), answer -> answer.status() == 200);
      begin.run();
      try {
        refused("first write", client, written);
        whileItIsAway(client, written, quiet);
      } finally {
        end.run();
      }
      long back = System.nanoTime();
      until(() -> client.put(ENTRY + "after", written, "1"), answer -> answer.status() < 300);
      until(() -> client.put(ENTRY + "after", quiet, "1"), answer -> answer.status() < 300);
      until(() -> client.get("/ready", null), answer -> answer.status() == 200);
      System.out.printf("all well after %d ms%n", millisSince(back));
      assertThat(client.get(ENTRY + "before", written).expect(200).body()).isEqualTo("1");
      assertThat(client.get(ENTRY + "before", quiet).expect(200).body()).isEqualTo("1");
    }
  }

  /** As patient as callers are: Cassandra may fall silent for a moment by itself. */
  private static String tenantWithKey(Client client, String id) {
    String tenant = "{\"id\":\"%s\",\"name\":\"%s\",\"plan\":\"pro\"}".formatted(id, id);
    until(
        () -> client.post("/api/tenants", NodeProcess.ADMIN_KEY, tenant),
        answer -> answer.status() == 201 || answer.status() == 409);
    String keys = "/api/tenants/" + id + "/keys";
    return until(
            () -> client.post(keys, NodeProcess.ADMIN_KEY, "{\"name\":\"test\"}"),
            answer -> answer.status() == 201)
        .json()
        .get("key")
        .asText();
  }

  /**
   * Once a minute, each at its own time, tenants write their use down. One that is just doing so
   * when Cassandra falls silent has to start again, and cannot before Cassandra is back.
   */
  private static void awaitQuietSeconds(String... tenants) {
    while (!Stream.of(tenants).allMatch(CassandraOutageIT::isQuiet)) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean isQuiet(String tenant) {
    long next = MinutePhase.untilNext(tenant, System.currentTimeMillis());
    return next >= QUIET_AFTER_MILLIS && next <= MINUTE_MILLIS - QUIET_BEFORE_MILLIS;
  }

  private static void whileItIsAway(Client client, String written, String quiet) {
    long slowest = 0;
    long over = System.nanoTime() + OUTAGE.toNanos();
    do {
      slowest = Math.max(slowest, refused("write", client, written));
      slowest = Math.max(slowest, refused("write", client, quiet));
      assertThat(client.get(ENTRY + "before", written).expect(200).body()).isEqualTo("1");
      assertThat(client.get(ENTRY + "before", quiet).expect(200).body()).isEqualTo("1");
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() < over);
    client.get("/ready", null).expect(503);
    System.out.printf("slowest refusal %d ms%n", slowest);
  }

  /** The milliseconds that the refusal took. */
  private static long refused(String what, Client client, String key) {
    long start = System.nanoTime();
    Answer answer = client.put(ENTRY + "lost", key, "1").expect(503);
    long took = millisSince(start);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(took).as(what).isLessThan(BOUND_MILLIS);
    if (what.startsWith("first")) {
      System.out.printf("%s refused after %d ms%n", what, took);
    }
    return took;
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static Answer until(Supplier<Answer> question, Predicate<Answer> right) {
    long deadline = System.nanoTime() + SOON.toNanos();
    Answer answer = question.get();
    while (!right.test(answer)) {
      assertThat(System.nanoTime()).as("%s", answer).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = question.get();
    }
    return answer;
  }
}
