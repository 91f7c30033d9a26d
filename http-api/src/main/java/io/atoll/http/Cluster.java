package io.atoll.http;

import io.atoll.tenant.Migration;
import io.atoll.tenant.TenantView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster and what is where, as the API shows and changes it. Thread-safe. */
public interface Cluster {
  /** Where a tenant is at home; the node is null while none has its cell. */
  record Home(String cell, @Nullable String node) {}

  /**
   * A node, named by host:port.
   *
   * @param state as the cluster's members see it: up, leaving, unreachable, …
   * @param tenants that are in memory there, -1 when the node does not answer
   * @param operationsPerSecond that its edge answers, over the last ten seconds
   */
  record Node(
      String address,
      String state,
      List<String> roles,
      String version,
      int tenants,
      double operationsPerSecond,
      long heapBytes,
      long startedAt) {}

  /** A cell with its node and how many of its tenants are in memory there. */
  record Cell(String cell, String node, int tenants) {}

  /** All nodes and all cells that are on one. */
  record State(List<Node> nodes, List<Cell> cells) {}

  Home home(TenantView tenant);

  CompletionStage<State> state();

  /** The tenants in memory on any node, in id order: at most so many after this id (null: all). */
  CompletionStage<List<String>> hotTenants(@Nullable String after, int limit);

  /** Begins to move the tenant to this node; empty when there is no such node to move it to. */
  CompletionStage<Optional<Migration>> migrate(String tenantId, String node);

  /** The tenant's migrations, the newest first. */
  CompletionStage<List<Migration>> migrations(String tenantId);
}
