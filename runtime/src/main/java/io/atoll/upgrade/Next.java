package io.atoll.upgrade;

/** What an upgrade does next. */
sealed interface Next {
  /** Nothing is left to do. */
  record Finished() implements Next {}

  /** Restart this node. */
  record Restart(String node) implements Next {}

  /** Look again later: this node is so far. */
  record Wait(String node, Step step, String detail) implements Next {}

  /** Restart no node: the cluster is not whole. */
  record HoldBack(String reason) implements Next {}

  /** Do nothing more: the node has come back with another version than it should. */
  record WrongVersion(String node, String version) implements Next {}
}
