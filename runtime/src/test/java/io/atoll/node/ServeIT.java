package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a user meets it. */
class ServeIT {
  @TempDir Path folder;

  @Test
  void aNodeIsReadyWhenItSaysSo() {
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      Client client = node.client();

      client.get("/ready", null).expect(200);
      client.get("/health", null).expect(200);
      assertThat(client.get("/version", null).expect(200).json().get("version").asText())
          .isEqualTo(Version.current());
      assertThat(node.output()).containsExactly("atoll ready on " + node.url());
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void theFirstStartShowsTheAdminKeyOnceAndKeepsItForItsOwner() throws IOException {
    Path data = folder.resolve("data");
    Path file = data.resolve("admin-key");
    try (NodeProcess first = NodeProcess.launch(data, Map.of(), List.of())) {
      first.url();
      String key = Files.readString(file).strip();
      assertThat(first.output()).anyMatch(line -> line.endsWith(": " + key));
      first.client().get("/api/tenants", key).expect(200);
      assertThat(first.terminate()).isZero();
      assertThat(first.errors()).doesNotContain(key);
    }
    try (NodeProcess second = NodeProcess.launch(data, Map.of(), List.of())) {
      second.url();
      assertThat(second.output()).hasSize(1);
      second.client().get("/api/tenants", Files.readString(file).strip()).expect(200);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (NodeProcess third = NodeProcess.launch(data, Map.of(), List.of())) {
      assertThat(third.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void aStartThatFailsShowsNoAdminKeyAndTheNextOneDoes() throws IOException {
    Path data = folder.resolve("data");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        NodeProcess failed =
            NodeProcess.run(
                folder.resolve("failed.log"),
                Map.of(),
                List.of(),
                List.of(
                    "serve",
                    "--data",
                    data.toString(),
                    "--port",
                    Integer.toString(taken.getLocalPort())))) {
      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(failed.output()).isEmpty();
    }
    try (NodeProcess next = NodeProcess.launch(data, Map.of(), List.of())) {
      next.url();
      assertThat(next.output()).anyMatch(line -> line.startsWith("atoll admin key"));
    }
  }

  @Test
  void stoppingLosesNothing() throws InterruptedException {
    Path data = folder.resolve("data");
    AtomicInteger written = new AtomicInteger();
    String key;
    try (NodeProcess node = NodeProcess.start(data);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      key = node.client().tenantWithKey("drained", ",\"plan\":\"enterprise\"");
      Semaphore acknowledged = new Semaphore(0);
      Client client = node.client();
      for (int writer = 0; writer < 16; writer++) {
        String map = "m" + writer;
        writers.execute(() -> count(client, map, key, written, acknowledged));
      }
      acknowledged.acquire(300);
      assertThat(node.terminate()).isZero();
    }
    try (NodeProcess node = NodeProcess.start(data)) {
      int found = 0;
      for (var map : node.client().get("/v1/maps", key).expect(200).json().get("items")) {
        found += map.get("entries").asInt();
      }
      assertThat(found).isBetween(written.get(), written.get() + 16);
    }
  }

  /** Writes until the node is gone; counts what was acknowledged. */
  private static void count(
      Client client, String map, String key, AtomicInteger written, Semaphore acknowledged) {
    for (int number = 0; ; number++) {
      try {
        int status = client.put("/v1/maps/" + map + "/entries/" + number, key, "1").status();
        if (status == 201) {
          written.incrementAndGet();
          acknowledged.release();
        }
      } catch (Client.GoneException stopped) {
        return;
      }
    }
  }

  @Test
  void aSocketIsToldToComeAgain() {
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      SocketClient socket = node.client().open(node.client().tenantWithKey("told", ""));
      assertThat(socket.ask("{\"id\":1,\"op\":\"ping\"}").get("ok").asBoolean()).isTrue();

      assertThat(node.terminate()).isZero();

      assertThat(socket.closeCode()).isEqualTo(1012);
    }
  }

  @Test
  void aFolderBelongsToOneNodeAndTheNextTouchesNothing() throws IOException {
    Path data = folder.resolve("data");
    Path errors = folder.resolve("second.log");
    try (NodeProcess first = NodeProcess.start(data)) {
      List<String> before = files(data);
      try (NodeProcess second =
          NodeProcess.run(
              errors,
              Map.of(),
              List.of(),
              List.of("serve", "--port", "0", "--data", data.toString()))) {
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output()).isEmpty();
        assertThat(second.errors())
            .containsOnlyOnce("\n")
            .startsWith("atoll: The data folder")
            .contains("is used by another process");
      }
      assertThat(files(data)).isEqualTo(before).doesNotContain("admin-key");
      first.client().get("/ready", null).expect(200);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve --prot 1                          |                          | --prot
          serve --port many                       |                          | --port
          serve --port 99999                      |                          | from 0 to 65535
          serve --port -1                         |                          | from 0 to 65535
          serve --config /nonexistent.conf        |                          | /nonexistent.conf
          serve --host 0.0.0.0                    |                          | plain HTTP
          serve --data /dev/null/data             |                          | data folder
          serve                                   | ATOLL_PROT=1             | ATOLL_PROT
          serve                                   | ATOLL_ADMIN_KEY=short    | too short
          serve                                   | ATOLL_JOURNAL_FSYNC=maybe | fsync
          serve                                   | ATOLL_NODE_READY_TIMEOUT=-1s | atoll.node.ready-timeout must be
          serve                                   | ATOLL_LOG_LEVEL=loud     | level
          swim                                    |                          | swim
                                                  |                          | subcommand
          """)
  void whatIsWrongEndsWithTwoAndOneLine(String arguments, String variable, String named) {
    Path errors = folder.resolve("errors");
    Map<String, String> variables =
        variable == null
            ? Map.of()
            : Map.of(variable.split("=", -1)[0], variable.split("=", -1)[1]);
    List<String> words = arguments == null ? List.of() : List.of(arguments.split(" ", -1));
    Path data = folder.resolve("data");
    if (words.equals(List.of("serve"))) {
      words = List.of("serve", "--data", data.toString(), "--port", "0");
    }
    try (NodeProcess command = NodeProcess.run(errors, variables, List.of(), words)) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.output()).isEmpty();
      assertThat(command.errors()).containsOnlyOnce("\n").startsWith("atoll: ").contains(named);
    }
  }

  @Test
  void helpAndVersionEndWithZero() {
    for (String flag : List.of("--help", "--version")) {
      try (NodeProcess command =
          NodeProcess.run(folder.resolve("errors"), Map.of(), List.of(), List.of(flag))) {
        assertThat(command.exitCode()).isZero();
        assertThat(command.output()).isNotEmpty();
      }
    }
  }
}
