package io.atoll.node;

import io.atoll.http.NodeStatus;
import io.atoll.metrics.NodeMetrics;

/** What the node says of itself. */
record Status(Readiness readiness, NodeMetrics node) implements NodeStatus {
  @Override
  public boolean ready() {
    return readiness.isReady();
  }

  @Override
  public String version() {
    return Version.current();
  }

  @Override
  public String metrics() {
    return node.text();
  }
}
