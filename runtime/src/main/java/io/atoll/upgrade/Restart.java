package io.atoll.upgrade;

import io.atoll.upgrade.ClusterView.NodeView;

/** A way to have a node's process replaced. */
interface Restart {
  /** How that went. */
  sealed interface Result {
    /** It is under way. */
    record Begun() implements Result {}

    /** The cluster would not have it now, and nothing has changed. */
    record Refused(String reason) implements Result {}

    /** It failed, and the node may or may not have changed. */
    record Failed(String reason) implements Result {}
  }

  /** What the node is shown to do first. */
  Step step();

  /** Begins; {@code meanwhile} is called from time to time while it lasts. */
  Result begin(NodeView node, Runnable meanwhile) throws InterruptedException;
}
