package io.atoll.faults.cluster;

import io.atoll.node.NodeProcess.Program;
import java.util.Map;

/** Where the nodes of a cluster are, by their numbers. */
public interface Site {
  /** The address under which the others know the node. */
  String host(int node);

  /** What the node runs. */
  Program program(int node);

  /** What the node's environment says of its surroundings; where Cassandra is, at least. */
  Map<String, String> variables(int node);
}
