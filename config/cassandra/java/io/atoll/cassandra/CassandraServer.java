package io.atoll.cassandra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real Cassandra in a JVM of its own (JDK 17), on free ports, with its data and log below {@code
 * target}. There is one for all tests of a JVM; it is started when the first one asks and is killed
 * at the end.
 */
public final class CassandraServer {
  private static final Duration START_BOUND = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String LISTENS = "Starting listening for CQL clients";

  private final Path folder;
  private final int port;
  private Process process;

  private CassandraServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** The one of this JVM, ready. Without a JDK 17 the test is skipped; on a CI machine it fails. */
  public static CassandraServer shared() {
    requireJava17();
    return Shared.INSTANCE;
  }

  /** Skips the test where Cassandra cannot run; on a CI machine it fails. */
  public static void requireJava17() {
    Optional<Path> java = java17();
    assumeTrue(
        java.isPresent() || System.getenv("CI") != null,
        "no JDK 17 in /usr/lib/jvm: Cassandra cannot run, its tests are skipped");
    if (java.isEmpty()) {
      throw new AssertionError("no JDK 17 in /usr/lib/jvm: Cassandra cannot run");
    }
  }

  /** Where it answers: {@code host:port}. */
  public String contactPoint() {
    return "127.0.0.1:" + port;
  }

  /** Kills it; what it has acknowledged is on disk. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Stops its processors; its connections stay open and nothing is answered. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused one go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int failed = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
      if (failed != 0) {
        throw new AssertionError("could not send " + name + " to Cassandra");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Starts it and waits until it listens. */
  public void start() {
    Path log = folder.resolve("cassandra.log");
    try {
      Files.deleteIfExists(log);
      process =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      awaitListening(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java17().orElseThrow().toString());
    resource("cassandra.options").lines().forEach(line -> command.addAll(List.of(line.split(" "))));
    command.add("-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri());
    command.add("-Dcassandra.storagedir=" + folder);
    command.add("-cp");
    command.add(root().resolve("config/cassandra/target/lib") + "/*");
    command.add("org.apache.cassandra.service.CassandraDaemon");
    return command;
  }

  private void awaitListening(Path log) throws IOException {
    long deadline = System.nanoTime() + START_BOUND.toNanos();
    while (!Files.readString(log).contains(LISTENS)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("Cassandra did not start, see " + log);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static CassandraServer make() {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      Path folder = Files.createTempDirectory(target, "cassandra");
      int port = freePort();
      String yaml =
          resource("cassandra.yaml")
              .replace("FOLDER", folder.toString())
              .replace("NATIVE_PORT", "" + port)
              .replace("STORAGE_PORT", "" + freePort());
      Files.writeString(folder.resolve("cassandra.yaml"), yaml);
      CassandraServer server = new CassandraServer(folder, port);
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> java17() {
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      return homes
          .filter(CassandraServer::is17)
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static boolean is17(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
    } catch (IOException noJdk) {
      return false;
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("config/jvm.options")) ? folder : folder.getParent();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CassandraServer.class.getResourceAsStream("/cassandra/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static final class Shared {
    static final CassandraServer INSTANCE = make();
  }
}
