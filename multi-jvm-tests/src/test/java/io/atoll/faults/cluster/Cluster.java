package io.atoll.faults.cluster;

import io.atoll.cassandra.CassandraServer;
import io.atoll.node.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes over the Cassandra of the tests, all in one keyspace; what it has started it ends. */
public final class Cluster implements AutoCloseable {
  /** How many nodes a cluster has. */
  public static final int NODES = Integer.getInteger("atoll.faults.nodes", 3);

  /** The keyspace of all clusters. */
  public static final String KEYSPACE = "faults";

  private static final String HOST = "127.0.0.1";

  private final List<ClusterNode> nodes = new ArrayList<>();

  private Cluster() {}

  /** Starts the nodes, with folders below this one, and waits until all are ready. */
  public static Cluster start(Path folder) {
    Cluster cluster = new Cluster();
    List<Integer> ports = freePorts();
    for (int i = 0; i < NODES; i++) {
      cluster.nodes.add(new ClusterNode(folder.resolve("node" + i), variables(ports, i)));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    try {
      cluster.startAll();
      return cluster;
    } catch (AssertionError failed) {
      cluster.close();
      throw failed;
    }
  }

  private static Map<String, String> variables(List<Integer> ports, int node) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ATOLL_ADMIN_KEY", NodeProcess.ADMIN_KEY);
    variables.put("ATOLL_STORE", "cassandra");
    variables.put("ATOLL_CASSANDRA_CONTACT_POINTS", CassandraServer.shared().contactPoint());
    variables.put("ATOLL_CASSANDRA_KEYSPACE", KEYSPACE);
    variables.put(
        "ATOLL_CASSANDRA_REPLICATION", "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    if (NODES > 1) {
      variables.put("ATOLL_CLUSTER_HOST", HOST);
      variables.put("ATOLL_CLUSTER_PORT", "" + ports.get(node));
      variables.put(
          "ATOLL_CLUSTER_SEED_NODES",
          String.join(",", ports.stream().map(port -> HOST + ":" + port).toList()));
    }
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
