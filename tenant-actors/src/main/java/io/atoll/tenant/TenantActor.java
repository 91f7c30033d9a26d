package io.atoll.tenant;

import io.atoll.map.MapReport;
import io.atoll.quota.ActionLimits;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantEvent.MapCleared;
import io.atoll.tenant.TenantEvent.TenantListed;
import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One tenant: decides by its rules, persists, applies, answers. What it needs in memory to serve is
 * its {@link Service}, kept by its {@link TenantLife}.
 */
public final class TenantActor
    extends EventSourcedBehavior<TenantCommand, TenantEvent, TenantState> {
  private static final int KEPT_SNAPSHOTS = 2;
  private static final long MINUTE_MS = 60_000;

  /** Who was asked something within this time may still be answering. */
  private static final Duration RECENTLY = Duration.ofSeconds(1);

  private static final Duration STORE_LOOK = Duration.ofMillis(500);
  private static final String LEDGER_FAILED = "the ledger has failed";

  private final TenantCore core;
  private final Unhandled unhandled;
  private final DirectoryOutbox outbox;
  private final Purge purge;
  private final Replies replies;
  private final Serving serving;
  private final StartGate gate;
  private final Idleness idleness;
  private final TenantLife life;
  private final Oblivion oblivion;
  private final Departure departure;
  private TenantCommand.@Nullable Public unanswered;

  /** Starts the sharding of tenants on this node and returns where their commands go. */
  public static ActorRef<ShardingEnvelope<TenantCommand>> init(
      ActorSystem<?> system, TenantEnvironment environment) {
    return TenantSharding.init(system, environment, new Placements(), null);
  }

  /** The same on a node of several, with cells placed by this strategy. */
  public static ActorRef<ShardingEnvelope<TenantCommand>> init(
      ActorSystem<?> system,
      TenantEnvironment environment,
      Placements placements,
      ShardAllocationStrategy allocation) {
    return TenantSharding.init(system, environment, placements, allocation);
  }

  static Behavior<TenantCommand> create(
      String tenantId,
      TenantEnvironment environment,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    return StandIn.unlessStoreAnswers(
        tenantId, environment, shard, recover(tenantId, environment, shard));
  }

  private static Behavior<TenantCommand> recover(
      String tenantId,
      TenantEnvironment environment,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    Unhandled unhandled = new Unhandled(tenantId);
    return Behaviors.setup(context ->
        Behaviors.intercept(
            () -> unhandled,
            new TenantActor(new TenantCore(tenantId, environment, context), shard, unhandled)));
  }

  private TenantActor(
      TenantCore core, ActorRef<ClusterSharding.ShardCommand> shard, Unhandled unhandled) {
    super(PersistenceId.ofUniqueId(PersistenceIds.tenant(core.tenantId())));
    this.core = core;
    this.unhandled = unhandled;
    this.outbox = new DirectoryOutbox(core);
    this.purge = new Purge(core);
    this.replies = new Replies(core, outbox, purge);
    this.serving = new Serving(core, replies);
    this.gate = new StartGate(core);
    this.idleness = new Idleness(core);
    this.oblivion = new Oblivion(core);
    this.life = new TenantLife(core, outbox, purge, replies, gate);
    this.departure = new Departure(core, shard, life);
  }

  @Override
  public CommandHandler<TenantCommand, TenantEvent, TenantState> commandHandler() {
    return this::on;
  }

  private Effect<TenantEvent, TenantState> on(TenantState state, TenantCommand command) {
    return switch (command) {
      case TenantCommand.Public fromOutside -> asked(state, fromOutside);
      case TenantSignal signal -> signalled(state, signal);
    };
  }

  private Effect<TenantEvent, TenantState> asked(TenantState state, TenantCommand.Public command) {
    unhandled.remove(command);
    idleness.commandCame(command);
    if (command instanceof TenantCommand.Arrive arrive) {
      return heard(arrive);
    }
    if (departure.hasFailed() && Departure.isAskedForBy(command)) {
      departure.release(command);
      return goOnLeaving(state);
    }
    if (departure.hasBegun()) {
      return departure.doorway().sendBack(command) ? Effect().none() : refuse(command);
    }
    if (!life.isHoldingBack() || !StartGate.holds(command)) {
      return serve(state, command);
    }
    return switch (gate.next()) {
      case STARTING -> {
        unhandled.add(command);
        yield Effect().stash();
      }
      case READY -> serve(state, command);
      case UNAVAILABLE -> Departure.isAskedForBy(command) ? serve(state, command) : refuse(command);
    };
  }

  private Effect<TenantEvent, TenantState> serve(TenantState state, TenantCommand.Public command) {
    return switch (command) {
      case TenantCommand.Operate operate -> operate(state, operate);
      case TenantCommand.Managed managed -> manage(state, managed);
      case TenantCommand.Stop stop -> stop(state);
      case TenantCommand.Depart depart -> {
        departure.awaitedBy(depart);
        yield stop(state);
      }
      case TenantCommand.Arrive arrive -> heard(arrive);
      case TenantCommand.Unpersisted unpersisted -> {
        serving.serve(state, life.service(), unpersisted);
        yield Effect().none();
      }
    };
  }

  /** Even a tenant that stops or waits can say so. */
  private Effect<TenantEvent, TenantState> heard(TenantCommand.Arrive arrive) {
    arrive.replyTo().tell(new TenantReply.Accepted());
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> refuse(TenantCommand.Public command) {
    Refusing.refuse(core.tenantId(), command, Refusals.UNAVAILABLE);
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> operate(
      TenantState state, TenantCommand.Operate request) {
    Refusal refusal = Refusals.ofLife(state);
    Service service = life.service();
    if (refusal != null || service == null || !(state instanceof Present present)) {
      Refusing.refuse(core.tenantId(), request, refusal == null ? Refusals.UNAVAILABLE : refusal);
      return Effect().none();
    }
    OperatePlan plan = service.admission().operate(present, request);
    service.considerNotices();
    if (plan == null) {
      return Effect().none();
    }
    if (core.isStoreDown()) {
      return refuse(request);
    }
    unanswered = request;
    return Effect()
        .persist(plan.events())
        .thenRun((TenantState after) -> {
          unanswered = null;
          if (after instanceof Present changed) {
            service.admission().carryOut(changed.tenant(), request, plan);
          }
        });
  }

  private Effect<TenantEvent, TenantState> manage(
      TenantState state, TenantCommand.Managed command) {
    Service service = life.service();
    ActionLimits fleeting = service == null ? new ActionLimits() : service.actions();
    Decision decision = TenantRules.decide(state, command, fleeting, core.situation());
    if (decision.events().isEmpty()) {
      replies.answer(state, service, decision.answer(), Duration.ZERO, command.replyTo());
      return Effect().none();
    }
    if (core.isStoreDown()) {
      return refuse(command);
    }
    unanswered = command;
    return Effect()
        .persist(decision.events())
        .thenRun((TenantState after) -> {
          unanswered = null;
          Duration delay = life.changed(after, decision.events());
          replies.answer(after, life.service(), decision.answer(), delay, command.replyTo());
          life.entered(state, after);
        });
  }

  private Effect<TenantEvent, TenantState> stop(TenantState state) {
    departure.begin();
    Service service = life.service();
    List<TenantEvent> last =
        service != null && !life.isDraining() && state instanceof Present present
            ? service.lastEvents(present)
            : List.of();
    life.leave();
    life.drain();
    return note(state, last);
  }

  /** Writes the events down, and with them that the directory holds the tenant as it is now. */
  private Effect<TenantEvent, TenantState> note(TenantState state, List<TenantEvent> events) {
    if (!events.isEmpty()
        && state instanceof Present present
        && present.tenant().isUnlisted()
        && outbox.holds(present)) {
      List<TenantEvent> all = new ArrayList<>(events);
      all.addFirst(new TenantListed(core.now(), present.tenant().version()));
      return Effect().persist(all);
    }
    return Effect().persist(events);
  }

  private Effect<TenantEvent, TenantState> signalled(TenantState state, TenantSignal signal) {
    return switch (signal) {
      case TenantSignal.OfStart ofStart -> {
        life.starting(state, ofStart);
        yield Effect().none().thenUnstashAll();
      }
      case TenantSignal.OfParts ofParts -> partSignalled(state, ofParts);
      case TenantSignal.OfListing ofListing -> listing(ofListing);
      case TenantSignal.OfPurge ofPurge -> purging(state, ofPurge);
      case TenantSignal.AlarmRang rang -> {
        TenantSignal due = core.agenda().take();
        yield due == null ? Effect().none() : signalled(state, due);
      }
      case TenantSignal.Idle idle -> idle(state);
      case TenantSignal.MakeRoom room -> makeRoom(state);
      case TenantSignal.Knock knock -> {
        departure.doorway().knocked(knock.door());
        yield Effect().none();
      }
      case TenantSignal.LastCall last -> {
        departure.doorway().lastCall();
        yield goOnLeaving(state);
      }
      case TenantSignal.MinuteOver over -> minuteOver(state);
      case TenantSignal.StoreDue due -> storeDue(state);
      case TenantSignal.Answer answer -> {
        answer.replyTo().tell(answer.reply());
        yield Effect().none();
      }
    };
  }

  private Effect<TenantEvent, TenantState> partSignalled(
      TenantState state, TenantSignal.OfParts signal) {
    Service service = life.service();
    if (service == null || !(state instanceof Present present)) {
      return Effect().none();
    }
    return switch (signal) {
      case TenantSignal.OfService ofService -> {
        service.signalled(present, ofService);
        yield Effect().none();
      }
      case TenantSignal.FromMap fromMap -> fromMap(present, service, fromMap.report());
      case TenantSignal.FromLedger fromLedger -> {
        service.reported(present, fromLedger.report());
        yield Effect().none();
      }
      case TenantSignal.MapEnded ended ->
          service.ended(ended) || life.isDraining()
              ? goOnLeaving(state)
              : fail(state, "a map has failed");
      case TenantSignal.LedgerEnded ended -> ledgerEnded(state, service, ended);
      case TenantSignal.DrainOver over -> {
        if (departure.hasFailed()) {
          yield Effect().stop();
        }
        yield life.isDraining() ? fail(state, "its parts do not stop in time") : Effect().none();
      }
    };
  }

  private Effect<TenantEvent, TenantState> fromMap(
      Present state, Service service, MapReport report) {
    switch (report) {
      case MapReport.Idle idle -> {
        if (!core.isStoreDown()) {
          service.maps().idle(idle);
        }
      }
      case MapReport.Metered metered -> service.metered(metered);
      case MapReport.CapReached reached -> service.capReached(state.tenant());
      case MapReport.Failed failed -> {
        return fail(state, "map " + failed.map() + ": " + failed.reason());
      }
      case MapReport.Cleared cleared -> {
        return cleared(state, service, cleared);
      }
    }
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> cleared(
      Present state, Service service, MapReport.Cleared cleared) {
    MapSlot slot = state.tenant().maps().get(cleared.map());
    if (slot == null || !slot.clearing() || cleared.generation() < slot.generation()) {
      return Effect().none();
    }
    return Effect()
        .persist(new MapCleared(core.now(), cleared.map(), cleared.generation()))
        .thenRun(() -> service.admission().cleared(cleared.map()));
  }

  private Effect<TenantEvent, TenantState> ledgerEnded(
      TenantState state, Service service, TenantSignal.LedgerEnded ended) {
    if (!service.ended(ended)) {
      return Effect().none();
    }
    if (life.isStarting()) {
      gate.failed();
      return Effect().none().thenUnstashAll();
    }
    if (life.isDraining()) {
      return goOnLeaving(state);
    }
    if (core.isStoreDown()) {
      core.later(new TenantSignal.StoreDue(), STORE_LOOK);
      return Effect().none();
    }
    return fail(state, LEDGER_FAILED);
  }

  /** A tenant without its ledger only reads; it starts again when the store answers again. */
  private Effect<TenantEvent, TenantState> storeDue(TenantState state) {
    if (core.isStoreDown()) {
      core.later(new TenantSignal.StoreDue(), STORE_LOOK);
      return Effect().none();
    }
    return departure.hasBegun() ? Effect().none() : fail(state, LEDGER_FAILED);
  }

  private Effect<TenantEvent, TenantState> fail(TenantState state, String reason) {
    departure.fail(reason);
    return goOnLeaving(state);
  }

  private Effect<TenantEvent, TenantState> goOnLeaving(TenantState state) {
    return departure.goOn(state) ? Effect().stop() : Effect().none();
  }

  private Effect<TenantEvent, TenantState> listing(TenantSignal.OfListing signal) {
    switch (signal) {
      case TenantSignal.ListAgain again -> outbox.send();
      case TenantSignal.ListingFailed failed -> outbox.failed(failed.reason());
      case TenantSignal.Listed listed -> outbox.listed(listed.version());
    }
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> purging(TenantState state, TenantSignal.OfPurge signal) {
    switch (signal) {
      case TenantSignal.EraseFailed failed -> purge.failed(failed.reason());
      case TenantSignal.EraseAgain again -> life.drained(state);
      case TenantSignal.Erased erased -> {
        return forget(state);
      }
      case TenantSignal.ForgetAgain again -> {
        return forget(state);
      }
    }
    return Effect().none();
  }

  /** Writes the purge down; the snapshot that follows lets all that was before be trimmed. */
  private Effect<TenantEvent, TenantState> forget(TenantState before) {
    if (!(before instanceof Purging || before instanceof Absent)) {
      return Effect().none();
    }
    return Effect()
        .persist(new TenantPurged(core.now()))
        .thenRun((TenantState after) -> life.entered(before, after));
  }

  private Effect<TenantEvent, TenantState> idle(TenantState state) {
    if (departure.hasBegun()) {
      return goOnLeaving(state);
    }
    Duration period =
        state instanceof Absent
            ? core.settings().passivateAbsentAfter()
            : core.settings().passivateAfter();
    if (idleness.isOver(period) && life.isIdle(state) && !core.isStoreDown()) {
      departure.propose();
    }
    return Effect().none();
  }

  /** Leaves memory to others, unless there is a session or work that is not done. */
  private Effect<TenantEvent, TenantState> makeRoom(TenantState state) {
    if (!departure.hasBegun()
        && idleness.isQuietFor(RECENTLY)
        && life.mayMakeRoom(state)
        && !core.isStoreDown()) {
      departure.propose();
    } else {
      life.stay();
    }
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> minuteOver(TenantState state) {
    Service service = life.service();
    if (service == null || !service.isReady()) {
      return Effect().none();
    }
    long left = MINUTE_MS - Math.floorMod(core.now(), MINUTE_MS);
    core.later(new TenantSignal.MinuteOver(), Duration.ofMillis(left));
    if (core.isStoreDown()) {
      return Effect().none();
    }
    service.collect();
    life.weigh();
    return note(state, service.uses().take().<List<TenantEvent>>map(List::of).orElse(List.of()));
  }

  @Override
  public TenantState emptyState() {
    return Absent.FIRST;
  }

  @Override
  public EventHandler<TenantState, TenantEvent> eventHandler() {
    return (state, event) -> {
      oblivion.applied();
      return TenantHistory.apply(state, event);
    };
  }

  @Override
  public SignalHandler<TenantState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> recovered(state))
        .onSignal(
            SnapshotCompleted.class,
            (state, signal) ->
                oblivion.snapshotTaken(state, persistenceId().id(), signal.metadata().sequenceNr()))
        .onSignal(PostStop.class, (state, signal) -> ended())
        .build();
  }

  private void recovered(TenantState state) {
    idleness.isOver(core.settings().passivateAbsentAfter());
    life.recovered(state);
    if (oblivion.recovered(state)) {
      core.self().tell(new TenantSignal.ForgetAgain());
    }
  }

  private void ended() {
    core.agenda().clear();
    life.cool();
    departure.ended();
    if (unanswered != null) {
      Refusing.refuse(core.tenantId(), unanswered, Refusals.UNAVAILABLE);
    }
    Service service = life.service();
    if (service != null) {
      service.refuseWaiting();
    }
  }

  @Override
  public boolean shouldSnapshot(TenantState state, TenantEvent event, long sequenceNr) {
    return event instanceof TenantPurged;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(core.settings().snapshotEvery(), KEPT_SNAPSHOTS);
  }
}
