package io.atoll.upgrade;

import io.atoll.upgrade.ClusterView.NodeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * An upgrade: its nodes in their order, each with the start of the process that is to end. What is
 * done is seen by later starts, never remembered.
 *
 * @param to the version that all nodes are to have; empty: whatever they start with
 * @param current the node that is being restarted
 */
record Plan(Instant begun, Optional<String> to, List<Planned> nodes, Optional<String> current) {
  /**
   * A node and the start of its process when the upgrade began, by its own clock; the epoch when it
   * has not said it yet.
   */
  record Planned(String address, Instant startedAt) {
    boolean isKnown() {
      return !startedAt.equals(Instant.EPOCH);
    }
  }

  Plan {
    nodes = List.copyOf(nodes);
  }

  /**
   * Plans these nodes, or all when none is named, in the order given; the oldest is the last, as
   * each restart of it has another node take over the placing of cells. Fails with {@link
   * UpgradeException} for a node that is not there.
   */
  static Plan of(ClusterView view, List<String> named, Optional<String> to, Instant now) {
    List<String> order = new ArrayList<>(named.isEmpty() ? view.addresses() : named);
    if (new HashSet<>(order).size() < order.size()) {
      throw UpgradeException.wrongUse("--nodes names a node twice");
    }
    view.oldest().filter(order::remove).ifPresent(order::add);
    return new Plan(
        now, to, order.stream().map(address -> planned(view, address)).toList(), Optional.empty());
  }

  /**
   * The upgrade of a run before, or else a new one. Fails with {@link UpgradeException} when the
   * one before is of another cluster, or of other nodes or another version than asked for.
   */
  static Plan takeUp(
      Optional<Plan> before,
      ClusterView view,
      List<String> named,
      Optional<String> to,
      Instant now) {
    return before
        .map(plan -> Rules.resumed(plan.checked(view, named, to), view))
        .orElseGet(() -> of(view, named, to, now));
  }

  private Plan checked(ClusterView view, List<String> named, Optional<String> wanted) {
    List<String> addresses = nodes.stream().map(Planned::address).toList();
    String other = "";
    if (addresses.stream().noneMatch(view.addresses()::contains)) {
      other = "is of another cluster, with " + list(addresses);
    } else if (!named.isEmpty() && !new HashSet<>(named).equals(new HashSet<>(addresses))) {
      other = "is of other nodes: " + list(addresses);
    } else if (wanted.isPresent() && !wanted.equals(to)) {
      other =
          "goes to " + to.map(version -> "version " + version).orElse("no version in particular");
    }
    if (!other.isEmpty()) {
      throw UpgradeException.wrongUse(
          "an upgrade that began " + begun + " is not finished, and " + other);
    }
    return this;
  }

  private static Planned planned(ClusterView view, String address) {
    NodeView node =
        view.node(address)
            .orElseThrow(() ->
                UpgradeException.wrongUse(
                    "there is no node " + address + "; the cluster has " + list(view.addresses())));
    return new Planned(address, node.startedAt().orElse(Instant.EPOCH));
  }

  /**
   * The same with the starts of the nodes that had not said theirs yet: what they have now is to
   * end.
   */
  Plan learning(ClusterView view) {
    List<Planned> known =
        nodes.stream()
            .map(planned -> planned.isKnown() ? planned : planned(view, planned))
            .toList();
    return new Plan(begun, to, known, current);
  }

  private static Planned planned(ClusterView view, Planned unknown) {
    return view.node(unknown.address())
        .flatMap(NodeView::startedAt)
        .map(start -> new Planned(unknown.address(), start))
        .orElse(unknown);
  }

  /** The same with the process of this node, as it is now, being replaced. */
  Plan restarting(NodeView node) {
    List<Planned> now =
        nodes.stream()
            .map(planned ->
                planned.address().equals(node.address())
                    ? new Planned(node.address(), node.startedAt().orElse(planned.startedAt()))
                    : planned)
            .toList();
    return new Plan(begun, to, now, Optional.of(node.address()));
  }

  /** The same with no node being restarted. */
  Plan resting() {
    return new Plan(begun, to, nodes, Optional.empty());
  }

  /** Whether this was done: by a restart, or because the node has the version anyway. */
  boolean isDone(Planned planned, ClusterView view) {
    return view.node(planned.address())
        .filter(node ->
            to.isPresent() ? node.version().equals(to.get()) : isAnotherProcess(planned, node))
        .isPresent();
  }

  static boolean isAnotherProcess(Planned planned, NodeView node) {
    return planned.isKnown()
        && node.startedAt().filter(start -> start.isAfter(planned.startedAt())).isPresent();
  }

  /** Whether the node needs no restart: it had the version before. */
  boolean isSkipped(Planned planned, ClusterView view) {
    return isDone(planned, view)
        && view.node(planned.address())
            .filter(node -> !isAnotherProcess(planned, node))
            .isPresent();
  }

  List<String> done(ClusterView view) {
    return nodes.stream().filter(planned -> isDone(planned, view)).map(Planned::address).toList();
  }

  List<String> left(ClusterView view) {
    return nodes.stream().filter(planned -> !isDone(planned, view)).map(Planned::address).toList();
  }

  Planned planned(String address) {
    return nodes.stream()
        .filter(planned -> planned.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  static String list(List<String> addresses) {
    return addresses.isEmpty() ? "none" : String.join(", ", addresses);
  }
}
