package io.atoll.cli;

import io.atoll.devcluster.DevCluster;
import io.atoll.devcluster.DevClusterSettings;
import io.atoll.devcluster.Java17;
import io.atoll.devcluster.Ports;
import io.atoll.devcluster.StartFailedException;
import io.atoll.store.ClaimedFolder;
import io.atoll.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a cluster on this machine until it is told to stop. */
@Command(
    name = "dev-cluster",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a Cassandra and a cluster of nodes on this machine, to try and to develop with.",
      "Ctrl-C stops all of them; the next start in the same folder finds everything again."
    })
final class DevClusterCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int MOST_NODES = 9;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "Number of nodes, 1 to " + MOST_NODES + "; by default ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/dev-cluster",
      description = "Folder of everything; by default ${DEFAULT-VALUE}.")
  private Path data = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "FIRST",
      defaultValue = "8080",
      description =
          "TCP port of the first node, the others follow; by default ${DEFAULT-VALUE}. 0 takes"
              + " free ones.")
  private int port;

  /** The launcher knows where it is. */
  @Option(names = "--cassandra-lib", paramLabel = "DIR", hidden = true)
  private @Nullable Path cassandraLib;

  @Option(names = "--class-archive", paramLabel = "FILE", hidden = true)
  private @Nullable Path classArchive;

  @Spec private @Nullable CommandSpec spec;

  private final AtomicInteger exitCode = new AtomicInteger();

  @Override
  public Integer call() throws Exception {
    List<Integer> ports = ports();
    Path java17 =
        Java17.find(System.getenv(), Java17.INSTALLED)
            .orElseThrow(() ->
                new ConfigurationException(
                    "Cassandra needs a Java 17 beside the one of Atoll, and none was found in "
                        + Java17.INSTALLED
                        + ": install it (apt-get install openjdk-17-jre-headless), or point"
                        + " JAVA17_HOME at it"));
    Path lib = lib();
    ClaimedFolder folder = ClaimedFolder.of(data);
    AdminKey key = AdminKey.in(data, configuredKey(), new SecureRandom());
    key.keep();
    return run(
        new DevClusterSettings(
            data.toAbsolutePath().normalize(), ports, key.text(), java17, lib, classArchive),
        folder);
  }

  private List<Integer> ports() {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new ConfigurationException("--nodes must be 1 to " + MOST_NODES + ", not " + nodes);
    }
    List<Integer> ports = Ports.from(port, nodes);
    List<Integer> unusable = Ports.unusable(ports);
    if (!unusable.isEmpty()) {
      throw new ConfigurationException(
          "of the nodes' ports "
              + ports
              + " these are taken: "
              + unusable
              + "; choose others with --port FIRST, or any with --port 0");
    }
    return ports;
  }

  private Path lib() {
    if (cassandraLib == null || !Files.isDirectory(cassandraLib)) {
      throw new ConfigurationException(
          "the class path of Cassandra is missing: start with the launcher, ./atoll dev-cluster");
    }
    return cassandraLib;
  }

  private static String configuredKey() {
    return System.getenv().getOrDefault("ATOLL_ADMIN_KEY", "");
  }

  private int run(DevClusterSettings settings, ClaimedFolder folder) throws Exception {
    DevCluster cluster = new DevCluster(settings, out(), Terminal.isLive());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, folder), "shutdown"));
    try {
      cluster.start();
      cluster.showReady(kept(settings));
      cluster.awaitEnd();
    } catch (StartFailedException failed) {
      if (!cluster.isStopping()) {
        exitCode.set(FAILED);
        throw failed;
      }
    }
    if (!cluster.isStopping()) {
      exitCode.set(FAILED);
    }
    return exitCode.get();
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private static String kept(DevClusterSettings settings) {
    return configuredKey().isEmpty()
        ? "kept in " + settings.folder().resolve(AdminKey.FILE)
        : "of ATOLL_ADMIN_KEY";
  }

  /** Every way out leads here: a signal, a failure, the end of all nodes. */
  private void end(DevCluster cluster, ClaimedFolder folder) {
    try {
      cluster.stop();
    } catch (InterruptedException interrupted) {
      exitCode.set(FAILED);
    } finally {
      folder.close();
      Runtime.getRuntime().halt(exitCode.get());
    }
  }
}
