package io.atoll.placement;

import io.atoll.tenant.HoldingPost;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.MoveScope;
import io.atoll.tenant.PlacementStore;
import io.atoll.tenant.Placements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does this node's part when cells and tenants move, and when the node itself leaves. */
final class PlacementAgent {
  /** Longer than a move takes, shorter than the edge waits for a tenant's answer. */
  static final Duration LONGEST_HOLD = Duration.ofSeconds(4);

  private static final Logger LOG = LoggerFactory.getLogger(PlacementAgent.class);
  private static final Duration LONGEST_AWAKENING = Duration.ofSeconds(4);
  private static final Duration LEAVE_AGAIN = Duration.ofMillis(250);
  private static final Duration LOOK_UP = Duration.ofSeconds(10);
  private static final Duration LOOK_UP_AGAIN = Duration.ofSeconds(1);

  private final ActorContext<PlacementCommand> context;
  private final TimerScheduler<PlacementCommand> timers;
  private final NodeParts node;
  private final Fences fences;
  private final Awakening awakening = new Awakening();

  /** What was held or given so far: what was read before the last of them is out of date. */
  private long changes;

  private final Map<MoveScope, Held> scopes = new HashMap<>();
  private @Nullable CompletableFuture<Done> leaving;

  /** A scope that is held: the number of the hold and, for a tenant, the migration. */
  private record Held(long number, @Nullable String mover, boolean outdated) {
    Held(long number, @Nullable String mover) {
      this(number, mover, false);
    }

    /** Another migration has stored a cell meanwhile. */
    Held becomesOutdated() {
      return new Held(number, mover, true);
    }
  }

  /** What the agent needs of its node. */
  record NodeParts(
      Agents agents,
      HoldingPost post,
      Placements placements,
      PlacementStore store,
      CellMap cellMap,
      LeavingNodes leavingNodes,
      HotTenants hot,
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
    this.fences = new Fences(context, node.post());
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
    return Behaviors.receiveMessage(this::on);
  }

  /** Who moves a tenant tells all members: what was stored before this node was one is read. */
  private void lookUpOnceUp() {
    ActorRef<SelfUp> up =
        context.messageAdapter(SelfUp.class, event -> new PlacementCommand.LookUp());
    Cluster.get(context.getSystem()).subscriptions().tell(Subscribe.create(up, SelfUp.class));
    lookUp();
  }

  private Behavior<PlacementCommand> on(PlacementCommand command) {
    switch (command) {
      case PlacementCommand.Hold hold -> hold(hold);
      case PlacementCommand.Release release -> release(release);
      case PlacementCommand.Leaving other -> node.leavingNodes().says(other.node());
      case PlacementCommand.Describe describe -> node.figures().describe(describe.replyTo());
      case PlacementCommand.ListHot list -> listHot(list);
      case PlacementCommand.Leave leave -> leave(leave);
      case PlacementCommand.Drain drain -> drain(drain);
      case PlacementCommand.Settle settle -> awakening.tell(settle.replyTo(), settled());
      case PlacementCommand.Heard heard -> fences.heard(heard.lot());
      case PlacementCommand.AwakeningOver over -> awakeningOver(over.lot());
      case PlacementCommand.HoldOver over -> holdOver(over);
      case PlacementCommand.LeaveOn again -> leaveOn();
      case PlacementCommand.Give give -> give(give);
      case PlacementCommand.Placed placed -> placed(placed);
      case PlacementCommand.LookUp again -> lookUp();
      case PlacementCommand.Stored stored -> stored(stored);
      case PlacementCommand.FoundCell found -> found(found);
      case PlacementCommand.NoCellFound none -> findAgain(none);
      case PlacementCommand.NodeGone gone -> node.leavingNodes().gone(gone.node());
    }
    return Behaviors.same();
  }

  private void listHot(PlacementCommand.ListHot command) {
    List<String> tenants =
        node.hot().after(command.after()).keySet().stream().limit(command.limit()).toList();
    command.replyTo().tell(new PlacementReply.HotListed(tenants));
  }

  private void hold(PlacementCommand.Hold command) {
    List<MoveScope> held = scopes(command.cells(), command.tenants());
    Optional<String> other = otherMover(held, command.mover());
    if (other.isPresent()) {
      command.replyTo().tell(new PlacementReply.Busy(node.agents().self(), other.get()));
      return;
    }
    changes++;
    long number = fences.next();
    for (MoveScope scope : held) {
      node.post().hold(scope);
      scopes.put(scope, new Held(number, command.mover()));
      timers.startSingleTimer(scope, new PlacementCommand.HoldOver(scope, number), LONGEST_HOLD);
    }
    PlacementReply answer = new PlacementReply.Held(node.agents().self());
    fences.send(number, held, () -> command.replyTo().tell(answer));
  }

  /** The migration that holds one of these already and is not this one. */
  private Optional<String> otherMover(List<MoveScope> wanted, @Nullable String mover) {
    for (MoveScope scope : wanted) {
      Held held = scopes.get(scope);
      if (held != null && held.mover() != null && !held.mover().equals(mover)) {
        return Optional.of(held.mover());
      }
    }
    return Optional.empty();
  }

  private void give(PlacementCommand.Give command) {
    changes++;
    List<MoveScope> scope = List.of(new MoveScope.OfTenant(command.tenant()));
    if (otherMover(scope, command.mover()).isEmpty()) {
      node.placements().give(command.tenant(), command.cell());
    } else {
      scopes.computeIfPresent(scope.getFirst(), (same, held) -> held.becomesOutdated());
    }
    command.replyTo().tell(new PlacementReply.Known(node.agents().self()));
  }

  private void release(PlacementCommand.Release command) {
    List<MoveScope> ended = scopes(command.cells(), command.tenants());
    ended.removeIf(
        scope -> otherMover(List.of(scope), command.mover()).isPresent() || looksUpInstead(scope));
    letGo(ended);
  }

  /** What waited goes on, and tenants that were in use start in their new place at once. */
  private void letGo(List<MoveScope> ended) {
    List<MoveScope> released = new ArrayList<>();
    for (MoveScope scope : ended) {
      Held hold = scopes.remove(scope);
      if (hold != null) {
        timers.cancel(scope);
        fences.forget(hold.number());
        node.post().release(scope);
        released.add(scope);
      }
    }
    awaken(released);
  }

  private void awaken(List<MoveScope> moved) {
    long lot = fences.next();
    awakening.begins(lot);
    timers.startSingleTimer(lot, new PlacementCommand.AwakeningOver(lot), LONGEST_AWAKENING);
    fences.wake(lot, moved, () -> awakeningOver(lot));
  }

  private void awakeningOver(long lot) {
    timers.cancel(lot);
    fences.forget(lot);
    awakening.ends(lot, settled());
  }

  private PlacementReply.Settled settled() {
    return new PlacementReply.Settled(node.agents().self(), node.hot().size());
  }

  /** Who moved it has not said how that ended: what waits goes where the tenants are found. */
  private void holdOver(PlacementCommand.HoldOver over) {
    if (!isHeld(over.scope(), over.hold())) {
      return;
    }
    LOG.warn("{} is held for longer than {}", over.scope(), LONGEST_HOLD);
    switch (over.scope()) {
      case MoveScope.OfCell cell -> letGo(List.of(cell));
      case MoveScope.OfTenant tenant -> find(tenant.tenantId(), over.hold());
    }
  }

  /** What is outdated goes on once the stored cell is known. */
  private boolean looksUpInstead(MoveScope scope) {
    Held held = scopes.get(scope);
    if (held != null && held.outdated() && scope instanceof MoveScope.OfTenant tenant) {
      find(tenant.tenantId(), held.number());
      return true;
    }
    return false;
  }

  private boolean isHeld(MoveScope scope, long number) {
    Held held = scopes.get(scope);
    return held != null && held.number() == number;
  }

  private void find(String tenant, long hold) {
    context.pipeToSelf(
        node.store().cellOf(tenant),
        (cell, failure) ->
            cell == null
                ? new PlacementCommand.NoCellFound(tenant, hold)
                : new PlacementCommand.FoundCell(tenant, cell.orElse(null), hold));
  }

  /** What waits must not go where the tenant may be no more: its callers are answered in time. */
  private void findAgain(PlacementCommand.NoCellFound none) {
    MoveScope scope = new MoveScope.OfTenant(none.tenant());
    if (isHeld(scope, none.hold())) {
      timers.startSingleTimer(
          scope, new PlacementCommand.HoldOver(scope, none.hold()), LOOK_UP_AGAIN);
    }
  }

  private void found(PlacementCommand.FoundCell found) {
    MoveScope scope = new MoveScope.OfTenant(found.tenant());
    if (isHeld(scope, found.hold())) {
      node.placements().give(found.tenant(), found.cell());
      letGo(List.of(scope));
    }
  }

  private void lookUp() {
    long asOf = changes;
    context.pipeToSelf(
        node.store().cells(),
        (cells, failure) -> new PlacementCommand.Stored(cells == null ? Map.of() : cells, asOf));
  }

  /** A word that was lost is made up for; while a tenant moves, its cell is not touched. */
  private void stored(PlacementCommand.Stored stored) {
    boolean current = scopes.isEmpty() && stored.asOf() == changes;
    if (current) {
      stored.cells().forEach(node.placements()::give);
    }
    timers.startSingleTimer(
        "look up", new PlacementCommand.LookUp(), current ? LOOK_UP : LOOK_UP_AGAIN);
  }

  private static List<MoveScope> scopes(List<String> cells, List<String> tenants) {
    List<MoveScope> scopes = new ArrayList<>();
    cells.forEach(cell -> scopes.add(new MoveScope.OfCell(cell)));
    tenants.forEach(tenant -> scopes.add(new MoveScope.OfTenant(tenant)));
    return scopes;
  }

  private void drain(PlacementCommand.Drain command) {
    command.replyTo().tell(new PlacementReply.Known(node.agents().self()));
    node.self().drain();
  }

  private void leave(PlacementCommand.Leave command) {
    leaving = command.gone();
    leaveOn();
  }

  /** Says again that the node leaves. */
  private void leaveOn() {
    if (leaving != null) {
      node.agents().tellAll(new PlacementCommand.Leaving(node.agents().self()));
      timers.startSingleTimer("leave", new PlacementCommand.LeaveOn(), LEAVE_AGAIN);
      endLeaving(nobodyStays());
    }
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
