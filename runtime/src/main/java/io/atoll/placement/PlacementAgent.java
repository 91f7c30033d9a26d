package io.atoll.placement;

import io.atoll.tenant.HoldingPost;
import io.atoll.tenant.MoveScope;
import io.atoll.tenant.Placements;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does this node's part when cells and tenants move, and when the node itself leaves. */
final class PlacementAgent {
  /** Longer than a move takes, shorter than the edge waits for a tenant's answer. */
  static final Duration LONGEST_HOLD = Duration.ofSeconds(4);

  private static final Logger LOG = LoggerFactory.getLogger(PlacementAgent.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ActorContext<PlacementCommand> context;
  private final TimerScheduler<PlacementCommand> timers;
  private final NodeParts node;
  private final Map<MoveScope, Long> scopes = new HashMap<>();
  private final Map<Long, Fence> fences = new HashMap<>();
  private long holds;
  private @Nullable CompletableFuture<Done> leaving;

  /** What the agent needs of its node. */
  record NodeParts(
      Agents agents,
      HoldingPost post,
      Placements placements,
      LeavingNodes leavingNodes,
      LocalCells cells,
      NodeFigures figures) {}

  /** So many fences of a hold were not heard yet. */
  private record Fence(int missing, ActorRef<TenantReply> ear, ActorRef<PlacementReply> replyTo) {
    Fence heard() {
      return new Fence(missing - 1, ear, replyTo);
    }
  }

  static Behavior<PlacementCommand> create(NodeParts node) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new PlacementAgent(context, timers, node).behavior()));
  }

  private PlacementAgent(
      ActorContext<PlacementCommand> context,
      TimerScheduler<PlacementCommand> timers,
      NodeParts node) {
    this.context = context;
    this.timers = timers;
    this.node = node;
  }

  private Behavior<PlacementCommand> behavior() {
    ActorRef<MemberRemoved> removed =
        context.messageAdapter(
            MemberRemoved.class,
            event -> new PlacementCommand.NodeGone(node.agents().name(event.member().address())));
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(removed, MemberRemoved.class));
    return Behaviors.receiveMessage(this::on);
  }

  private Behavior<PlacementCommand> on(PlacementCommand command) {
    switch (command) {
      case PlacementCommand.Hold hold -> hold(hold);
      case PlacementCommand.Release release -> release(release);
      case PlacementCommand.Leaving other -> node.leavingNodes().says(other.node());
      case PlacementCommand.Describe describe -> node.figures().describe(describe.replyTo());
      case PlacementCommand.Leave leave -> leave(leave);
      case PlacementCommand.Heard heard -> heard(heard.hold());
      case PlacementCommand.HoldOver over -> holdOver(over);
      case PlacementCommand.LeaveOn again -> leaveOn();
      case PlacementCommand.CellsHere here -> cellsHere(here.cells());
      case PlacementCommand.NodeGone gone -> node.leavingNodes().gone(gone.node());
    }
    return Behaviors.same();
  }

  private void hold(PlacementCommand.Hold command) {
    long number = ++holds;
    ActorRef<TenantReply> ear = context.spawnAnonymous(ear(number));
    int sent = 0;
    for (MoveScope scope : scopes(command.cells(), command.tenants())) {
      node.post().hold(scope);
      scopes.put(scope, number);
      timers.startSingleTimer(scope, new PlacementCommand.HoldOver(scope, number), LONGEST_HOLD);
      sent += node.post().fence(scope, ear);
    }
    fences.put(number, new Fence(sent, ear, command.replyTo()));
    answerIfAllHeard(number);
  }

  /** Takes the answers of the tenants. */
  private Behavior<TenantReply> ear(long hold) {
    return Behaviors.receiveMessage(reply -> {
      context.getSelf().tell(new PlacementCommand.Heard(hold));
      return Behaviors.same();
    });
  }

  private void heard(long hold) {
    fences.computeIfPresent(hold, (number, fence) -> fence.heard());
    answerIfAllHeard(hold);
  }

  private void answerIfAllHeard(long hold) {
    Fence fence = fences.get(hold);
    if (fence != null && fence.missing() == 0) {
      end(hold);
      fence.replyTo().tell(new PlacementReply.Held(node.agents().self()));
    }
  }

  private void end(long hold) {
    Fence fence = fences.remove(hold);
    if (fence != null) {
      context.stop(fence.ear());
    }
  }

  private void release(PlacementCommand.Release command) {
    command.given().forEach(node.placements()::give);
    for (MoveScope scope : scopes(command.cells(), command.tenants())) {
      letGo(scope);
    }
  }

  private void letGo(MoveScope scope) {
    Long hold = scopes.remove(scope);
    if (hold != null) {
      timers.cancel(scope);
      end(hold);
      node.post().release(scope);
    }
  }

  /** Who moved it has not said how that ended: what waits goes where the tenants are found. */
  private void holdOver(PlacementCommand.HoldOver over) {
    if (Objects.equals(scopes.get(over.scope()), over.hold())) {
      LOG.warn("{} was held for {} and is let go", over.scope(), LONGEST_HOLD);
      letGo(over.scope());
    }
  }

  private static List<MoveScope> scopes(List<String> cells, List<String> tenants) {
    List<MoveScope> scopes = new ArrayList<>();
    cells.forEach(cell -> scopes.add(new MoveScope.OfCell(cell)));
    tenants.forEach(tenant -> scopes.add(new MoveScope.OfTenant(tenant)));
    return scopes;
  }

  private void leave(PlacementCommand.Leave command) {
    leaving = command.gone();
    leaveOn();
  }

  /** Says again that the node leaves, and looks how many cells are left. */
  private void leaveOn() {
    node.agents().tellAll(new PlacementCommand.Leaving(node.agents().self()));
    context.pipeToSelf(
        node.cells().count(),
        (cells, failure) ->
            new PlacementCommand.CellsHere(cells == null ? Integer.MAX_VALUE : cells));
  }

  private boolean nobodyStays() {
    Set<String> leavingNodes = node.leavingNodes().now();
    leavingNodes.add(node.agents().self());
    return leavingNodes.containsAll(node.agents().nodes());
  }

  private void cellsHere(int cells) {
    if (leaving == null) {
      return;
    }
    if (cells == 0 || nobodyStays()) {
      leaving.complete(Done.getInstance());
      leaving = null;
    } else {
      timers.startSingleTimer("leave", new PlacementCommand.LeaveOn(), LOOK);
    }
  }
}
