package io.atoll.placement;

import io.atoll.tenant.HoldingPost;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.PlacementStore;
import io.atoll.tenant.Placements;
import java.time.Duration;
import java.util.List;
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
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/** Does this node's part when cells and tenants move, and when the node itself leaves. */
final class PlacementAgent {
  private static final Duration LEAVE_AGAIN = Duration.ofMillis(250);

  private final ActorContext<PlacementCommand> context;
  private final TimerScheduler<PlacementCommand> timers;
  private final NodeParts node;
  private final Holds holds;
  private final TenureRenewal renewal;
  private @Nullable CompletableFuture<Done> leaving;

  /** What the agent needs of its node. */
  record NodeParts(
      Agents agents,
      HoldingPost post,
      Placements placements,
      PlacementStore store,
      CellMap cellMap,
      LeavingNodes leavingNodes,
      HotTenants hot,
      Tenure tenure,
      NodeFigures figures,
      ThisNode self) {}

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
    this.holds = new Holds(context, timers, node);
    this.renewal = new TenureRenewal(context, node.agents(), node.tenure());
  }

  private Behavior<PlacementCommand> behavior() {
    ActorRef<MemberRemoved> removed =
        context.messageAdapter(
            MemberRemoved.class,
            event -> new PlacementCommand.NodeGone(node.agents().name(event.member().address())));
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(removed, MemberRemoved.class));
    lookUpOnceUp();
    timers.startTimerWithFixedDelay(
        "tenure", new PlacementCommand.RenewTenure(), TenureRenewal.INTERVAL);
    return Behaviors.receiveMessage(this::on);
  }

  /** Who moves a tenant tells all members: what was stored before this node was one is read. */
  private void lookUpOnceUp() {
    ActorRef<SelfUp> up =
        context.messageAdapter(SelfUp.class, event -> new PlacementCommand.LookUp(true));
    Cluster.get(context.getSystem()).subscriptions().tell(Subscribe.create(up, SelfUp.class));
    holds.lookUp(true);
  }

  private Behavior<PlacementCommand> on(PlacementCommand command) {
    switch (command) {
      case PlacementCommand.Hold hold -> holds.hold(hold);
      case PlacementCommand.Release release -> holds.release(release);
      case PlacementCommand.Leaving other -> node.leavingNodes().says(other.node());
      case PlacementCommand.Describe describe -> node.figures().describe(describe.replyTo());
      case PlacementCommand.ListHot list -> listHot(list);
      case PlacementCommand.Leave leave -> leave(leave);
      case PlacementCommand.Drain drain -> drain(drain);
      case PlacementCommand.Settle settle -> holds.settle(settle.replyTo());
      case PlacementCommand.Heard heard -> holds.heard(heard.lot());
      case PlacementCommand.AwakeningOver over -> holds.awakeningOver(over.lot());
      case PlacementCommand.HoldOver over -> holds.holdOver(over);
      case PlacementCommand.LeaveOn again -> leaveOn();
      case PlacementCommand.Give give -> holds.give(give);
      case PlacementCommand.Placed placed -> placed(placed);
      case PlacementCommand.LookUp again -> holds.lookUp(again.all());
      case PlacementCommand.Stored stored -> holds.stored(stored);
      case PlacementCommand.FoundCell found -> holds.found(found);
      case PlacementCommand.NoCellFound none -> holds.findAgain(none);
      case PlacementCommand.Confirm question -> renewal.answer(question);
      case PlacementCommand.RenewTenure again -> renewal.ask();
      case PlacementCommand.ConfirmedBy confirmed -> renewal.confirmed(confirmed);
      case PlacementCommand.NodeGone gone -> nodeGone(gone.node());
    }
    return Behaviors.same();
  }

  private void nodeGone(String gone) {
    node.leavingNodes().gone(gone);
    renewal.gone(gone);
  }

  private void listHot(PlacementCommand.ListHot command) {
    List<String> tenants =
        node.hot().after(command.after()).keySet().stream().limit(command.limit()).toList();
    command.replyTo().tell(new PlacementReply.HotListed(tenants));
  }

  private void drain(PlacementCommand.Drain command) {
    command.replyTo().tell(new PlacementReply.Known(node.agents().self()));
    node.self().drain();
  }

  private void leave(PlacementCommand.Leave command) {
    leaving = command.gone();
    leaveOn();
  }

  /**
   * Says again that the node leaves, for as long as it is a member: without cells it closes its
   * port, and none must come back meanwhile. After its end another may come under its name.
   */
  private void leaveOn() {
    String self = node.agents().self();
    if (node.agents().nodes().contains(self)) {
      node.agents().tellAll(new PlacementCommand.Leaving(self));
    }
    timers.startSingleTimer("leave", new PlacementCommand.LeaveOn(), LEAVE_AGAIN);
    endLeaving(nobodyStays());
  }

  private void placed(PlacementCommand.Placed placed) {
    node.cellMap().set(placed.cellsByNode(), placed.rates());
    node.cellMap().moved(placed.moves() == null ? List.of() : placed.moves());
    endLeaving(CellMap.count(placed.cellsByNode(), node.agents().self()) == 0);
  }

  private void endLeaving(boolean over) {
    if (leaving != null && over) {
      leaving.complete(Done.getInstance());
      leaving = null;
    }
  }

  private boolean nobodyStays() {
    Set<String> leavingNodes = node.leavingNodes().now();
    leavingNodes.add(node.agents().self());
    return leavingNodes.containsAll(node.agents().nodes());
  }
}
