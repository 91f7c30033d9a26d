package io.atoll.upgrade;

import io.atoll.upgrade.ClusterView.NodeView;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Views of clusters for tests. */
final class Views {
  static final Instant BEGUN = Instant.parse("2026-01-01T12:00:00Z");

  private Views() {}

  /** A node that serves, whose process has started so many seconds after the upgrade began. */
  static NodeView node(String address, String version, long startedAfter) {
    return new NodeView(
        address,
        Optional.of(URI.create("http://" + address)),
        "up",
        true,
        version,
        Optional.of(BEGUN.plusSeconds(startedAfter)));
  }

  static NodeView unready(NodeView node) {
    return new NodeView(
        node.address(), node.url(), node.state(), false, node.version(), node.startedAt());
  }

  static ClusterView whole(NodeView... nodes) {
    return new ClusterView(List.of(nodes), Optional.empty(), Optional.of(nodes[0].address()));
  }

  static ClusterView flawed(String flaw, NodeView... nodes) {
    return new ClusterView(List.of(nodes), Optional.of(flaw), Optional.of(nodes[0].address()));
  }
}
