package io.atoll.placement;

import io.atoll.tenant.MoveScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node holds back while cells and tenants move, and how it finds them afterwards. Belongs to
 * the agent.
 */
final class Holds {
  /** Longer than a move takes, shorter than the edge waits for a tenant's answer. */
  static final Duration LONGEST = Duration.ofSeconds(4);

  private static final Logger LOG = LoggerFactory.getLogger(Holds.class);
  private static final Duration LONGEST_AWAKENING = Duration.ofSeconds(4);
  private static final Duration LOOK_UP = Duration.ofSeconds(10);
  private static final Duration LOOK_UP_AGAIN = Duration.ofSeconds(1);

  private final ActorContext<PlacementCommand> context;
  private final TimerScheduler<PlacementCommand> timers;
  private final PlacementAgent.NodeParts node;
  private final Fences fences;
  private final Awakening awakening = new Awakening();
  private final Map<MoveScope, Held> scopes = new HashMap<>();
  private final PlacementReadings readings;

  /** What was held or given so far: what was read before the last of them is out of date. */
  private long changes;

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

  Holds(
      ActorContext<PlacementCommand> context,
      TimerScheduler<PlacementCommand> timers,
      PlacementAgent.NodeParts node) {
    this.context = context;
    this.timers = timers;
    this.node = node;
    this.fences = new Fences(context, node.post());
    this.readings = new PlacementReadings(node.store(), node.placements());
  }

  /** Answers once the tenants that have moved here have started. */
  void settle(ActorRef<PlacementReply> replyTo) {
    awakening.tell(replyTo, settled());
  }

  void heard(long lot) {
    fences.heard(lot);
  }

  void hold(PlacementCommand.Hold command) {
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
      timers.startSingleTimer(scope, new PlacementCommand.HoldOver(scope, number), LONGEST);
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

  void give(PlacementCommand.Give command) {
    changes++;
    List<MoveScope> scope = List.of(new MoveScope.OfTenant(command.tenant()));
    if (otherMover(scope, command.mover()).isEmpty()) {
      node.placements().give(command.tenant(), command.cell());
    } else {
      scopes.computeIfPresent(scope.getFirst(), (same, held) -> held.becomesOutdated());
    }
    command.replyTo().tell(new PlacementReply.Known(node.agents().self()));
  }

  void release(PlacementCommand.Release command) {
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

  void awakeningOver(long lot) {
    timers.cancel(lot);
    fences.forget(lot);
    awakening.ends(lot, settled());
  }

  private PlacementReply.Settled settled() {
    return new PlacementReply.Settled(node.agents().self(), node.hot().size());
  }

  /** Who moved it has not said how that ended: what waits goes where the tenants are found. */
  void holdOver(PlacementCommand.HoldOver over) {
    if (!isHeld(over.scope(), over.hold())) {
      return;
    }
    LOG.warn("{} is held for longer than {}", over.scope(), LONGEST);
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

  /**
   * What waits must not go where the tenant may be no more, nor be carried out when its callers
   * wait no longer.
   */
  void findAgain(PlacementCommand.NoCellFound none) {
    MoveScope scope = new MoveScope.OfTenant(none.tenant());
    if (isHeld(scope, none.hold())) {
      node.post().refuse(scope);
      timers.startSingleTimer(
          scope, new PlacementCommand.HoldOver(scope, none.hold()), LOOK_UP_AGAIN);
    }
  }

  void found(PlacementCommand.FoundCell found) {
    MoveScope scope = new MoveScope.OfTenant(found.tenant());
    if (isHeld(scope, found.hold())) {
      node.placements().give(found.tenant(), found.cell());
      letGo(List.of(scope));
    }
  }

  void lookUp(boolean all) {
    if (all) {
      readings.wantAll();
    }
    long before = changes;
    context.pipeToSelf(
        readings.next(), (reading, failure) -> new PlacementCommand.Stored(reading, before));
  }

  /** A word that was lost is made up for; while a tenant moves, its cell is not touched. */
  void stored(PlacementCommand.Stored stored) {
    boolean current = scopes.isEmpty() && stored.changes() == changes;
    PlacementReadings.Reading reading = stored.reading();
    if (current && reading != null) {
      readings.counts(reading);
    }
    timers.startSingleTimer(
        "look up", new PlacementCommand.LookUp(false), current ? LOOK_UP : LOOK_UP_AGAIN);
  }

  private static List<MoveScope> scopes(List<String> cells, List<String> tenants) {
    List<MoveScope> scopes = new ArrayList<>();
    cells.forEach(cell -> scopes.add(new MoveScope.OfCell(cell)));
    tenants.forEach(tenant -> scopes.add(new MoveScope.OfTenant(tenant)));
    return scopes;
  }
}
