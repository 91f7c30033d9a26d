package io.atoll.devcluster;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One node of the cluster: {@code atoll serve} with the JVM options of this process. */
final class DevNode {
  private static final String READY = "atoll ready on ";
  private static final String HEAP = "-Xmx512m";

  /** Nodes that all stop have nobody to hand over to, and would wait for it in vain. */
  private static final String DRAIN = "ATOLL_NODE_DRAIN_TIMEOUT";

  private static final String DRAIN_BOUND = "3s";

  /** A Cassandra that gets no processor for a moment is not one that is down. */
  private static final String SILENCE = "ATOLL_CASSANDRA_SILENCE";

  private static final String SILENCE_BOUND = "4s";

  private final int number;
  private final DevClusterSettings settings;
  private final Part part;

  /** The one that was asked for, and from the first start on the one that it has. */
  private int port;

  /** The node of this number, from 1. */
  DevNode(int number, DevClusterSettings settings) {
    this.number = number;
    this.settings = settings;
    this.part = new Part(name(), settings.folder().resolve(folder() + ".log"), READY);
    this.port = settings.ports().get(number - 1);
  }

  private String name() {
    return "node " + number;
  }

  private String folder() {
    return "node-" + number;
  }

  Part part() {
    return part;
  }

  /** Where it answers, once it is ready. */
  String url() {
    return part.readyLine().orElseThrow();
  }

  /** Starts it; the ports are those that the nodes know each other by, in their order. */
  void start(String contactPoint, List<Integer> clusterPorts) {
    part.start(command(), variables(contactPoint, clusterPorts));
  }

  /** Starts it after its process has ended, where it was before if it was ready by then. */
  void startAgain(String contactPoint, List<Integer> clusterPorts) {
    part.readyLine().ifPresent(url -> port = URI.create(url).getPort());
    part.startAgain(command(), variables(contactPoint, clusterPorts));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(classArchive());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.atoll.cli.Main", "serve"));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--data", settings.folder().resolve(folder()).toString()));
    return command;
  }

  /**
   * The nodes stop together, and one of them is enough to make the archive. A JVM that is told of
   * one that is not there goes without that of the JDK, too.
   */
  private List<String> classArchive() {
    Path archive = settings.classArchive();
    List<String> options = new ArrayList<>();
    boolean makes =
        archive != null && number == 1 && Files.isWritable(archive.toAbsolutePath().getParent());
    if (makes) {
      options.add("-XX:+AutoCreateSharedArchive");
    }
    if (makes || (archive != null && Files.exists(archive))) {
      options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:aot=off"));
    }
    return options;
  }

  private Map<String, String> variables(String contactPoint, List<Integer> clusterPorts) {
    Map<String, String> variables = new HashMap<>();
    variables.put(DRAIN, System.getenv().getOrDefault(DRAIN, DRAIN_BOUND));
    variables.put(SILENCE, System.getenv().getOrDefault(SILENCE, SILENCE_BOUND));
    variables.put("ATOLL_ADMIN_KEY", settings.adminKey());
    variables.put("ATOLL_STORE", "cassandra");
    variables.put("ATOLL_CASSANDRA_CONTACT_POINTS", contactPoint);
    variables.put(
        "ATOLL_CASSANDRA_REPLICATION", "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    variables.put("ATOLL_CLUSTER_HOST", "127.0.0.1");
    variables.put("ATOLL_CLUSTER_PORT", clusterPorts.get(number - 1).toString());
    variables.put(
        "ATOLL_CLUSTER_SEED_NODES",
        String.join(",", clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList()));
    return variables;
  }
}
