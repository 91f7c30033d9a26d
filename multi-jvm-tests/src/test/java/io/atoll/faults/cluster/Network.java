package io.atoll.faults.cluster;

import io.atoll.cassandra.CassandraServer;
import io.atoll.node.NodeProcess.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Network namespaces of Linux, one for each node, on a bridge of their own: what a node sends to
 * another one can be cut off. Cassandra and the callers of the tests, outside, are reached from all
 * of them at all times. Needs root. Names hold the process id of the test, so that what a killed
 * test has left behind is taken away by the next.
 */
public final class Network implements Site, AutoCloseable {
  private static final String NAMESPACE = "atoll-faults-";
  private static final String NOWHERE = "02:00:00:00:00:01";

  private final String name = Long.toString(ProcessHandle.current().pid());
  private final String bridge = "atf" + name;
  private final List<List<String>> cuts = new ArrayList<>();
  private final String subnet;
  private final TcpForward cassandra;

  private Network(String subnet) {
    this.subnet = subnet;
    run("ip", "link", "add", bridge, "type", "bridge");
    run("ip", "addr", "add", subnet + ".1/24", "dev", bridge);
    run("ip", "link", "set", bridge, "up");
    for (int node = 0; node < Cluster.NODES; node++) {
      addNode(node);
    }
    this.cassandra = TcpForward.open(subnet + ".1", CassandraServer.shared().contactPoint());
  }

  /** Makes one; fails with {@link IllegalStateException} where that is not possible. */
  public static Network open() {
    removeLeftovers();
    String taken = run("ip", "-o", "addr");
    for (int third = 0; third < 256; third++) {
      String subnet = "10.213." + third;
      if (!taken.contains(" " + subnet + ".")) {
        Network network = new Network(subnet);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(network.name)));
        return network;
      }
    }
    throw new IllegalStateException("no subnet is free");
  }

  /** Whether this process may make namespaces. */
  public static boolean isUsable() {
    String name = NAMESPACE + ProcessHandle.current().pid() + "-probe";
    try {
      run("ip", "netns", "add", name);
      run("ip", "netns", "exec", name, "true");
      run("ip", "netns", "del", name);
      return true;
    } catch (IllegalStateException notAllowed) {
      return false;
    }
  }

  private void addNode(int node) {
    String outside = bridge + "-" + node;
    run("ip", "netns", "add", namespace(node));
    run(
        "ip",
        "link",
        "add",
        outside,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        namespace(node));
    run("ip", "link", "set", outside, "master", bridge, "up");
    inside(node, "addr", "add", host(node) + "/24", "dev", "eth0");
    inside(node, "link", "set", "eth0", "up");
    inside(node, "link", "set", "lo", "up");
  }

  @Override
  public String host(int node) {
    return subnet + "." + (10 + node);
  }

  @Override
  public Program program(int node) {
    List<String> inside = List.of("ip", "netns", "exec", namespace(node));
    return new Program(inside, Program.present().classPath());
  }

  @Override
  public Map<String, String> variables(int node) {
    return Map.of(
        "ATOLL_CASSANDRA_CONTACT_POINTS",
        subnet + ".1:" + cassandra.port(),
        "ATOLL_CLUSTER_ALLOW_PLAIN",
        "on",
        "ATOLL_HTTP_ALLOW_PLAIN_HTTP",
        "on",
        "ATOLL_HTTP_LISTENER_HOST",
        host(node),
        "ATOLL_HTTP_GATEWAY_REQUEST_TIMEOUT",
        "5s");
  }

  /** What one node sends to the other is lost from now on; the other way goes on. */
  public void cut(int from, int to) {
    inside(
        from, "neigh", "replace", host(to), "lladdr", NOWHERE, "dev", "eth0", "nud", "permanent");
    cuts.add(List.of("ip", "-n", namespace(from), "neigh", "del", host(to), "dev", "eth0"));
  }

  /** Everything arrives again. */
  public void heal() {
    cuts.forEach(cut -> run(cut.toArray(String[]::new)));
    cuts.clear();
  }

  private void inside(int node, String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "-n", namespace(node)));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private String namespace(int node) {
    return NAMESPACE + name + "-" + node;
  }

  /** Takes everything away; processes that still run inside keep their namespace until they end. */
  @Override
  public void close() {
    cassandra.close();
    remove(name);
  }

  private static void removeLeftovers() {
    run("ip", "netns", "list")
        .lines()
        .filter(line -> line.startsWith(NAMESPACE))
        .map(line -> List.of(line.substring(NAMESPACE.length()).split("-", 2)).getFirst())
        .distinct()
        .filter(pid -> !Files.exists(Path.of("/proc", pid)))
        .forEach(Network::remove);
  }

  private static void remove(String name) {
    run("ip", "netns", "list")
        .lines()
        .map(line -> List.of(line.split(" ", 2)).getFirst())
        .filter(namespace -> namespace.startsWith(NAMESPACE + name + "-"))
        .forEach(namespace -> run("ip", "netns", "del", namespace));
    if (run("ip", "-o", "link").contains(" atf" + name + ":")) {
      run("ip", "link", "del", "atf" + name);
    }
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
