package io.atoll.placement;

import static java.util.Objects.requireNonNull;

import io.atoll.tenant.MoveScope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the agents of the nodes tell each other about cells and tenants that move. */
sealed interface PlacementCommand {
  /**
   * What one node tells another: the names of the record and its parts are those on the wire. One
   * that lacks a part which it must have is not read: it does no harm to the agent.
   */
  sealed interface Remote extends PlacementCommand {}

  /**
   * Hold back what comes for these; answered {@link PlacementReply.Held}, or {@link
   * PlacementReply.Busy} for a tenant that another migration moves.
   *
   * @param mover the migration that moves a tenant; null for cells
   */
  record Hold(
      List<String> cells,
      List<String> tenants,
      @Nullable String mover,
      ActorRef<PlacementReply> replyTo)
      implements Remote {
    public Hold {
      requireNonNull(cells);
      requireNonNull(tenants);
    }
  }

  /** Let what was held for these, by this mover, go on. */
  record Release(List<String> cells, List<String> tenants, @Nullable String mover)
      implements Remote {
    public Release {
      requireNonNull(cells);
      requireNonNull(tenants);
    }
  }

  /**
   * Say when the tenants that moved last take commands; answered {@link PlacementReply.Settled}.
   */
  record Settle(ActorRef<PlacementReply> replyTo) implements Remote {}

  /**
   * The tenant belongs to this cell from now on, unless another migration moves it by now; answered
   * {@link PlacementReply.Known}.
   */
  record Give(String tenant, String cell, @Nullable String mover, ActorRef<PlacementReply> replyTo)
      implements Remote {
    public Give {
      requireNonNull(tenant);
      requireNonNull(cell);
    }
  }

  /**
   * The cells of each node, as the coordinator has placed them.
   *
   * @param rates the operations a second by which it has; null while it does not know them, or when
   *     it is of an older version
   * @param moves the last ones, the newest first; null when it is of an older version
   */
  record Placed(
      Map<String, List<String>> cellsByNode,
      @Nullable Map<String, Integer> rates,
      @Nullable List<MovedCell> moves)
      implements Remote {
    public Placed {
      requireNonNull(cellsByNode);
    }
  }

  /** The node wants to leave, and would have its cells go elsewhere. */
  record Leaving(String node) implements Remote {
    public Leaving {
      requireNonNull(node);
    }
  }

  /**
   * Say whether you still count this node as a member that you can reach; answered {@link
   * PlacementReply.Confirmed} if so, and else not at all.
   *
   * @param asked when, by the monotonic clock of the node that asks
   */
  record Confirm(String node, long asked, ActorRef<PlacementReply.Confirmed> replyTo)
      implements Remote {
    public Confirm {
      requireNonNull(node);
      requireNonNull(replyTo);
    }
  }

  /** Say what there is on your node; answered {@link PlacementReply.Described}. */
  record Describe(ActorRef<PlacementReply> replyTo) implements Remote {}

  /** Name the tenants in memory after this id (empty: from the first on), at most so many. */
  record ListHot(String after, int limit, ActorRef<PlacementReply> replyTo) implements Remote {}

  /** End your process as a signal does; answered {@link PlacementReply.Known}. */
  record Drain(ActorRef<PlacementReply> replyTo) implements Remote {}

  /** This node wants to leave; {@code gone} completes when it has no cell any more. */
  record Leave(CompletableFuture<Done> gone) implements PlacementCommand {}

  /** A tenant has heard a fence of this lot. */
  record Heard(long lot) implements PlacementCommand {}

  /** Tenants that moved take longer to start than anybody should wait for. */
  record AwakeningOver(long lot) implements PlacementCommand {}

  /** A hold lasts longer than any move may take. */
  record HoldOver(MoveScope scope, long hold) implements PlacementCommand {}

  /** It is time to look how far this node's leaving is. */
  record LeaveOn() implements PlacementCommand {}

  /** Cells that were read, null when they could not be, after so many changes here. */
  record Stored(PlacementReadings.@Nullable Reading reading, long changes)
      implements PlacementCommand {}

  /** It is time to look at what is stored: all of it, or what was stored lately. */
  record LookUp(boolean all) implements PlacementCommand {}

  /** The cell of a tenant that was held too long, as it is stored; null: the one of its id. */
  record FoundCell(String tenant, @Nullable String cell, long hold) implements PlacementCommand {}

  /** It is not known which cell is stored for a tenant that was held too long. */
  record NoCellFound(String tenant, long hold) implements PlacementCommand {}

  /** It is time to have the other nodes confirm this one again. */
  record RenewTenure() implements PlacementCommand {}

  /** A node has confirmed what it was asked at this monotonic time of this node. */
  record ConfirmedBy(String node, long asked) implements PlacementCommand {}

  /** A node is no member of the cluster any more. */
  record NodeGone(String node) implements PlacementCommand {}
}
