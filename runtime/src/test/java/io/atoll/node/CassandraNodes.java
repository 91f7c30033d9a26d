package io.atoll.node;

import io.atoll.cassandra.CassandraServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts nodes that keep everything in the Cassandra of the tests. */
final class CassandraNodes {
  private CassandraNodes() {}

  /** A node that takes requests, with these variables over the usual ones. */
  static NodeProcess launch(Path folder, Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("ATOLL_ADMIN_KEY", NodeProcess.ADMIN_KEY);
    environment.put("ATOLL_HTTP_GATEWAY_REQUEST_TIMEOUT", "60s");
    environment.put("ATOLL_CASSANDRA_SILENCE", "4s");
    environment.put("ATOLL_STORE", "cassandra");
    environment.put("ATOLL_CASSANDRA_CONTACT_POINTS", CassandraServer.shared().contactPoint());
    environment.put("ATOLL_CASSANDRA_KEYSPACE", "node_it");
    environment.put(
        "ATOLL_CASSANDRA_REPLICATION", "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    environment.putAll(variables);
    NodeProcess node = NodeProcess.launch(folder, environment, List.of());
    node.url();
    return node;
  }
}
