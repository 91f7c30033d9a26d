package io.atoll.devcluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Cassandra of the cluster: one node on loopback, with its data in the cluster's folder. */
final class DevCassandra {
  private static final String READY = "Starting listening for CQL clients";

  private final DevClusterSettings settings;
  private final Path folder;
  private final int port;
  private final int storagePort;
  private final Part part;

  DevCassandra(DevClusterSettings settings, int port, int storagePort) {
    this.settings = settings;
    this.folder = settings.folder().resolve("cassandra");
    this.port = port;
    this.storagePort = storagePort;
    this.part = new Part("Cassandra", settings.folder().resolve("cassandra.log"), READY);
  }

  Part part() {
    return part;
  }

  /** Where it will answer: {@code host:port}. */
  String contactPoint() {
    return "127.0.0.1:" + port;
  }

  /** Starts it over what an earlier one has left in the folder. */
  void start() {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("cassandra.yaml"), yaml());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    part.start(command(), Map.of());
  }

  private String yaml() {
    return resource("cassandra.yaml")
        .replace("FOLDER", folder.toString())
        .replace("NATIVE_PORT", Integer.toString(port))
        .replace("STORAGE_PORT", Integer.toString(storagePort));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(settings.java17().toString());
    resource("cassandra.options")
        .lines()
        .forEach(line -> command.addAll(List.of(line.split(" ", -1))));
    command.add("-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri());
    command.add("-Dcassandra.storagedir=" + folder);
    command.addAll(List.of("-cp", settings.cassandraLib() + "/*"));
    command.add("org.apache.cassandra.service.CassandraDaemon");
    return command;
  }

  private static String resource(String name) {
    try (InputStream in = DevCassandra.class.getResourceAsStream("/cassandra/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
