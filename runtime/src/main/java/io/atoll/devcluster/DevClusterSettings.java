package io.atoll.devcluster;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster on this machine is made of.
 *
 * @param folder where everything is kept; it exists
 * @param ports the HTTP port of each node; 0 takes a free one
 * @param adminKey the operator's key, the same on all nodes
 * @param java17 the program that runs Cassandra
 * @param cassandraLib the folder with the class path of Cassandra
 * @param classArchive the file that keeps the parsed classes of a node, so that the next one starts
 *     faster; the first node makes it when it stops. Null for none.
 */
public record DevClusterSettings(
    Path folder,
    List<Integer> ports,
    String adminKey,
    Path java17,
    Path cassandraLib,
    @Nullable Path classArchive) {
  @Override
  public String toString() {
    return "DevClusterSettings[folder=" + folder + ", ports=" + ports + "]";
  }
}
