package io.atoll.faults.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.node.NodeProcess;
import io.atoll.node.NodeProcess.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Nodes over the Cassandra of the tests, all in one keyspace; what it has started it ends. */
public final class Cluster implements AutoCloseable {
  /** How many nodes a cluster has. */
  public static final int NODES = Integer.getInteger("atoll.faults.nodes", 3);

  /** The keyspace of all clusters. */
  public static final String KEYSPACE = "faults";

  /** Nodes start often in most trials, which have no use for it. */
  private static final String REHEARSAL = System.getProperty("atoll.faults.rehearsal", "0s");

  private final List<ClusterNode> nodes = new ArrayList<>();

  private Cluster() {}

  /** Starts the nodes, with folders below this one, and waits until all are ready. */
  public static Cluster start(Path folder) {
    return start(folder, new Loopback(Program.present()), Cluster::startAll);
  }

  /** The same at another site. */
  public static Cluster start(Path folder, Site site) {
    return start(folder, site, Cluster::startAll);
  }

  /** Starts one node after the other, so that it is known which is the oldest. */
  public static Cluster startInOrder(Path folder) {
    return start(
        folder,
        new Loopback(Program.present()),
        cluster ->
            cluster.nodes.forEach(node -> {
              node.start();
              node.awaitReady();
            }));
  }

  private static Cluster start(Path folder, Site site, Consumer<Cluster> starter) {
    Cluster cluster = new Cluster();
    List<Integer> ports = freePorts();
    for (int i = 0; i < NODES; i++) {
      cluster.nodes.add(
          new ClusterNode(folder.resolve("node" + i), variables(site, ports, i), site.program(i)));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    try {
      ClassArchive.make(cluster.nodes.getFirst());
      starter.accept(cluster);
      return cluster;
    } catch (AssertionError failed) {
      cluster.close();
      throw failed;
    }
  }

  private static Map<String, String> variables(Site site, List<Integer> ports, int node) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ATOLL_ADMIN_KEY", NodeProcess.ADMIN_KEY);
    variables.put("ATOLL_STORE", "cassandra");
    variables.put("ATOLL_CASSANDRA_KEYSPACE", KEYSPACE);
    variables.put("ATOLL_CASSANDRA_SILENCE", "4s");
    variables.put(
        "ATOLL_CASSANDRA_REPLICATION", "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    if (NODES > 1) {
      variables.put("ATOLL_CLUSTER_HOST", site.host(node));
      variables.put("ATOLL_CLUSTER_PORT", "" + ports.get(node));
      variables.put(
          "ATOLL_CLUSTER_SEED_NODES",
          IntStream.range(0, NODES)
              .mapToObj(i -> site.host(i) + ":" + ports.get(i))
              .collect(Collectors.joining(",")));
    }
    if (site.program(node).equals(Program.present())) {
      // One of an older version may not know the key.
      variables.put("ATOLL_CLUSTER_REHEARSAL", REHEARSAL);
    }
    variables.putAll(site.variables(node));
    return variables;
  }

  /** Starts all nodes, none of which may run, and waits until all are ready. */
  public void startAll() {
    nodes.forEach(ClusterNode::start);
    nodes.forEach(ClusterNode::awaitReady);
  }

  /** Kills all at once. */
  public void killAll() {
    nodes.parallelStream().forEach(ClusterNode::kill);
  }

  /** Stops one after the other in good order. */
  public void terminateAll() {
    nodes.forEach(ClusterNode::terminate);
  }

  /** The nodes, in the order of their numbers. */
  public List<ClusterNode> nodes() {
    return List.copyOf(nodes);
  }

  /** The one that is there for the longest time, if they came one after the other. */
  public ClusterNode oldest() {
    return alive().min(Comparator.comparingLong(ClusterNode::age)).orElseThrow();
  }

  /** The one that came last. */
  public ClusterNode youngest() {
    return alive().max(Comparator.comparingLong(ClusterNode::age)).orElseThrow();
  }

  private Stream<ClusterNode> alive() {
    return nodes.stream().filter(ClusterNode::isAlive);
  }

  /** The node with this address. */
  public ClusterNode node(String address) {
    return nodes.stream().filter(it -> it.address().equals(address)).findFirst().orElseThrow();
  }

  /** Waits until all nodes are members for all nodes, and no other one is. */
  public void awaitWhole() {
    Await.until("all nodes see each other", () -> nodes.stream().allMatch(Cluster::seesAll));
  }

  private static boolean seesAll(ClusterNode node) {
    JsonNode seen =
        node.client().get("/api/cluster", NodeProcess.ADMIN_KEY).expect(200).json().get("nodes");
    return seen.size() == NODES && seen.findValuesAsText("state").stream().allMatch("up"::equals);
  }

  /** The address of the node that has the tenant, as this node knows it; empty when none has. */
  public static String home(ClusterNode asked, String tenant) {
    return asked
        .client()
        .get("/api/tenants/" + tenant, NodeProcess.ADMIN_KEY)
        .expect(200)
        .json()
        .path("home")
        .path("node")
        .asText("");
  }

  /** Where callers may turn to; some of the nodes may be down. */
  public List<URI> urls() {
    return nodes.stream().map(ClusterNode::url).toList();
  }

  @Override
  public void close() {
    nodes.forEach(ClusterNode::close);
  }

  /** Ports that are free at the moment; all are held until the last is found. */
  private static List<Integer> freePorts() {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < NODES; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
