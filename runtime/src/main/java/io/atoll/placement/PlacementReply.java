package io.atoll.placement;

import java.util.List;
import java.util.Map;

/** What the agent of a node answers. */
sealed interface PlacementReply {
  /** What comes is held, and all that this node had sent before has arrived. */
  record Held(String node) implements PlacementReply {}

  /** The node as it is. */
  record Described(
      String node,
      String version,
      List<String> roles,
      Map<String, Integer> cells,
      int hotTenants,
      long operations,
      long heapUsed,
      long startedAt)
      implements PlacementReply {}
}
