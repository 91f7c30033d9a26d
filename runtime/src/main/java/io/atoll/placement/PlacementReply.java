package io.atoll.placement;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agent of a node answers. */
sealed interface PlacementReply {
  /** What comes is held, and all that this node had sent before has arrived. */
  record Held(String node) implements PlacementReply {}

  /** The tenant is moved by this migration just now; nothing was held for another one. */
  record Busy(String node, String mover) implements PlacementReply {}

  /** Those that have moved take commands again, as far as the node knows; it has so many. */
  record Settled(String node, int hotTenants) implements PlacementReply {}

  /** The node knows what it was told. */
  record Known(String node) implements PlacementReply {}

  /** The node counts the one that has asked, at this time by its own clock, as a member. */
  record Confirmed(String node, long asked) implements PlacementReply {}

  /** Tenants in memory, in id order. */
  record HotListed(List<String> tenants) implements PlacementReply {}

  /**
   * The node as it is.
   *
   * @param operationsByCell a second, of cells that are used; null of a node of an older version
   * @param entriesByCell of the tenants in memory, of cells that have some; null likewise
   */
  record Described(
      String node,
      String version,
      List<String> roles,
      Map<String, Integer> tenantsByCell,
      int hotTenants,
      double operationsPerSecond,
      long heapBytes,
      long startedAt,
      @Nullable String url,
      boolean ready,
      double journalMs,
      long diskBytes,
      @Nullable Map<String, Integer> operationsByCell,
      @Nullable Map<String, Long> entriesByCell)
      implements PlacementReply {}
}
