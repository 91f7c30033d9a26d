package io.atoll.faults.cluster;

import io.atoll.cassandra.CassandraServer;
import io.atoll.node.NodeProcess.Program;
import java.util.Map;

/** All nodes on the loopback address of this machine, running the same program. */
public record Loopback(Program program) implements Site {
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
    return Map.of("ATOLL_CASSANDRA_CONTACT_POINTS", CassandraServer.shared().contactPoint());
  }
}
