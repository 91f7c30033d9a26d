package io.atoll.http;

import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
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
   * @param url where it answers, null when that is not known
   * @param state as the cluster's members see it: up, leaving, unreachable, …
   * @param ready whether it takes traffic
   * @param figures what it says of itself, null when it does not answer
   */
  record Node(
      String address,
      @Nullable String url,
      String state,
      boolean ready,
      List<String> roles,
      @Nullable Figures figures) {
    /** Whether it is up and says so itself. */
    boolean answers() {
      return state.equals("up") && figures != null;
    }
  }

  /**
   * What a node says of itself.
   *
   * @param tenants that are in memory there
   * @param operationsPerSecond that its edge answers, over the last ten seconds
   * @param journalMs that a commit of the journal took on average, over the last ten seconds; 0
   *     when there was none
   * @param heapBytes that are in use
   * @param diskBytes that the files of its data folder take
   * @param startedAt the start of its process, in milliseconds since the epoch
   */
  record Figures(
      String version,
      int tenants,
      double operationsPerSecond,
      double journalMs,
      long heapBytes,
      long diskBytes,
      long startedAt) {}

  /**
   * A cell.
   *
   * @param tenants of it that are in memory on its node
   * @param entries that these have in all their maps, as of the last minute
   * @param operationsPerSecond that they were asked for, over about ten seconds
   * @param journalLagMs that a commit of its node's journal took on average: so much later than it
   *     was asked for is a write of the cell durable
   */
  record Cell(
      String cell,
      String node,
      int tenants,
      long entries,
      int operationsPerSecond,
      double journalLagMs) {}

  /**
   * A cell that has moved.
   *
   * @param pauseMs how long requests for it were held
   * @param at when they went on, in milliseconds since the epoch
   */
  record Move(String cell, String from, String to, long pauseMs, long at) {}

  /**
   * All nodes and all cells that are on one.
   *
   * @param moving how many cells are on their way or have to move; -1 while that is not known
   * @param oldest the node that has been there longest, which says where cells go; null: not known
   * @param moves the last moves of cells, the newest first
   */
  record State(
      List<Node> nodes, List<Cell> cells, int moving, @Nullable String oldest, List<Move> moves) {
    /**
     * Why the cluster is not whole; empty when every node is up, answers and takes traffic, and
     * every cell is where it belongs.
     */
    public Optional<String> flaw() {
      return nodes.stream()
          .filter(node -> !node.answers() || !node.ready())
          .findFirst()
          .map(State::flaw)
          .or(this::unsettled);
    }

    private static String flaw(Node node) {
      if (!node.state().equals("up")) {
        return "node " + node.address() + " is " + node.state();
      }
      return "node "
          + node.address()
          + (node.answers() ? " does not take traffic" : " does not answer");
    }

    private Optional<String> unsettled() {
      if (moving < 0) {
        return Optional.of("it is not known yet where the cells are");
      }
      return moving == 0
          ? Optional.empty()
          : Optional.of(moving + (moving == 1 ? " cell is" : " cells are") + " on the way");
    }
  }

  /** What becomes of a request to end a node. */
  sealed interface Drained {
    /** The node, as it was before, hands its cells over and ends. */
    record Begun(Node node) implements Drained {}

    /** No node has this address. */
    record NoSuchNode() implements Drained {}

    /** It goes on as before; the reason is a sentence. */
    record Refused(String reason) implements Drained {}
  }

  /** What becomes of a request to end a migration. */
  sealed interface Aborted {
    /** The tenant stays where it was. */
    record Done(Migration migration) implements Aborted {}

    /** The tenant has had no such migration. */
    record NoSuchMigration() implements Aborted {}

    /** It has ended, or its tenant belongs to the new place already. */
    record TooLate() implements Aborted {}
  }

  Home home(TenantView tenant);

  CompletionStage<State> state();

  /**
   * Ends the process of a node as a signal does, once others have its cells. Refused while the
   * cluster is not whole, unless it is forced.
   */
  CompletionStage<Drained> drain(String node, boolean force);

  /** The tenants in memory on any node, in id order: at most so many after this id (null: all). */
  CompletionStage<List<String>> hotTenants(@Nullable String after, int limit);

  /**
   * Begins to move the tenant there; empty when there is no such node, or none of the tier. Asked
   * again with the same name within 24 hours it begins nothing and completes with the first
   * migration; one without a name (null) always begins.
   */
  CompletionStage<Optional<Migration>> migrate(
      String tenantId, MoveTarget target, @Nullable String name);

  /** Ends a migration before its tenant has moved. */
  CompletionStage<Aborted> abort(String tenantId, String migrationId);

  /** Begins to move a tenant whose tier is not that of its place, where nodes have tiers. */
  void follow(TenantView tenant);

  /** Begins to do so with all tenants of a plan, one after the other: its tier is another one. */
  void followPlan(String plan);

  /** The tenant's migrations, the newest first. */
  CompletionStage<List<Migration>> migrations(String tenantId);
}
