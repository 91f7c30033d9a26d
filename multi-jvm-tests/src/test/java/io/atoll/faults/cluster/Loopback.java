package io.atoll.faults.cluster;

import io.atoll.cassandra.CassandraServer;
import io.atoll.node.NodeProcess.Program;
import java.util.HashMap;
import java.util.Map;

/**
 * All nodes on the loopback address of this machine, running the same program with the same
 * settings, which are environment variables.
 */
public record Loopback(Program program, Map<String, String> settings) implements Site {
  /** All nodes run this program as it comes. */
  public Loopback(Program program) {
    this(program, Map.of());
  }

  @Override
  public String host(int node) {
    return "127.0.0.1";
  }

  @Override
  public Program program(int node) {
    return program;
  }

  @Override
  public Map<String, String> variables(int node) {
    Map<String, String> variables = new HashMap<>(settings);
    variables.put("ATOLL_CASSANDRA_CONTACT_POINTS", CassandraServer.shared().contactPoint());
    return variables;
  }
}
