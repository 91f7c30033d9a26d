package io.atoll.tenant;

import io.atoll.map.MapReport;
import io.atoll.quota.ActionLimits;
import io.atoll.quota.Quotas;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantEvent.KeyRevoked;
import io.atoll.tenant.TenantEvent.MapCleared;
import io.atoll.tenant.TenantEvent.TenantListed;
import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantEvent.TenantUsed;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tenant: decides by its rules, persists, applies, answers. What it needs in memory to serve is
 * its {@link Service}, which lives from the start of the tenant, or its creation, to its deletion.
 */
public final class TenantActor
    extends EventSourcedBehavior<TenantCommand, TenantEvent, TenantState> {
  private static final Logger log = LoggerFactory.getLogger(TenantActor.class);
  private static final int KEPT_SNAPSHOTS = 2;
  private static final long MINUTE_MS = 60_000;

  private final TenantCore core;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final DirectoryOutbox outbox;
  private final Purge purge;
  private final Replies replies;
  private final Serving serving;
  private final StartGate gate;
  private final Idleness idleness;
  private @Nullable Service service;
  private @Nullable Runnable whenLost;
  private boolean draining;
  private boolean stopping;
  private boolean recovered;
  private boolean replayed;
  private long forgetUpTo = Long.MAX_VALUE;

  /** Starts the sharding of tenants on this node and returns where their commands go. */
  public static ActorRef<ShardingEnvelope<TenantCommand>> init(
      ActorSystem<?> system, TenantEnvironment environment) {
    return TenantSharding.init(system, environment);
  }

  static Behavior<TenantCommand> create(
      String tenantId,
      TenantEnvironment environment,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new TenantActor(new TenantCore(tenantId, environment, context, timers), shard)));
  }

  private TenantActor(TenantCore core, ActorRef<ClusterSharding.ShardCommand> shard) {
    super(PersistenceId.ofUniqueId(PersistenceIds.tenant(core.tenantId())));
    this.core = core;
    this.shard = shard;
    this.outbox = new DirectoryOutbox(core);
    this.purge = new Purge(core);
    this.replies = new Replies(core, outbox, purge);
    this.serving = new Serving(core, replies);
    this.gate = new StartGate(core);
    this.idleness = new Idleness(core);
  }

  @Override
  public CommandHandler<TenantCommand, TenantEvent, TenantState> commandHandler() {
    return newCommandHandlerBuilder().forAnyState().onAnyCommand(this::on);
  }

  private Effect<TenantEvent, TenantState> on(TenantState state, TenantCommand command) {
    return switch (command) {
      case TenantCommand.Public fromOutside -> asked(state, fromOutside);
      case TenantSignal signal -> signalled(state, signal);
    };
  }

  private Effect<TenantEvent, TenantState> asked(TenantState state, TenantCommand.Public command) {
    idleness.commandCame();
    if (stopping && !(command instanceof TenantCommand.Stop)) {
      return refuse(command);
    }
    if (service == null || service.isReady() || draining || !needsReadiness(command)) {
      return serve(state, command);
    }
    return switch (gate.next()) {
      case STARTING -> Effect().stash();
      case READY -> serve(state, command);
      case UNAVAILABLE -> refuse(command);
    };
  }

  private static boolean needsReadiness(TenantCommand.Public command) {
    return switch (command) {
      case TenantCommand.Operate operate -> true;
      case TenantCommand.Watch watch -> true;
      case TenantCommand.ReadUsage read -> true;
      case TenantCommand.ReadStats read -> true;
      case TenantCommand.Managed managed -> true;
      case TenantCommand.VerifyKey verify -> false;
      case TenantCommand.OpenSession open -> false;
      case TenantCommand.CloseSession close -> false;
      case TenantCommand.PlansChanged changed -> false;
      case TenantCommand.Stop stop -> false;
    };
  }

  private Effect<TenantEvent, TenantState> serve(TenantState state, TenantCommand.Public command) {
    switch (command) {
      case TenantCommand.Operate operate -> {
        return operate(state, operate);
      }
      case TenantCommand.Managed managed -> {
        return manage(state, managed);
      }
      case TenantCommand.Stop stop -> {
        return stop(state);
      }
      case TenantCommand.VerifyKey verify -> serving.verify(state, verify);
      case TenantCommand.Watch watch -> serving.watch(state, service, watch);
      case TenantCommand.OpenSession open -> serving.open(state, service, open);
      case TenantCommand.CloseSession close -> serving.close(service, close);
      case TenantCommand.ReadUsage read -> serving.readUsage(state, service, read);
      case TenantCommand.ReadStats read -> serving.readStats(state, service, read);
      case TenantCommand.PlansChanged changed -> serving.plansChanged(state, service, changed);
    }
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> refuse(TenantCommand.Public command) {
    Refusing.refuse(core.tenantId(), command, Refusals.UNAVAILABLE);
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> operate(
      TenantState state, TenantCommand.Operate request) {
    Refusal life = Refusals.ofLife(state);
    Service serving = service;
    if (life != null || serving == null || !(state instanceof Present present)) {
      Refusing.refuse(core.tenantId(), request, life == null ? Refusals.UNAVAILABLE : life);
      return Effect().none();
    }
    OperatePlan plan = serving.admission().operate(present, request);
    serving.considerNotices();
    if (plan == null) {
      return Effect().none();
    }
    whenLost = () -> Refusing.refuse(core.tenantId(), request, Refusals.UNAVAILABLE);
    return Effect()
        .persist(plan.events())
        .thenRun((TenantState after) -> {
          whenLost = null;
          if (after instanceof Present changed) {
            serving.admission().carryOut(changed.tenant(), request, plan);
          }
        });
  }

  private Effect<TenantEvent, TenantState> manage(
      TenantState state, TenantCommand.Managed command) {
    ActionLimits fleeting = service == null ? new ActionLimits() : service.actions();
    Decision decision = TenantRules.decide(state, command, fleeting, core.situation());
    if (decision.events().isEmpty()) {
      answer(state, decision, Duration.ZERO, command);
      return Effect().none();
    }
    whenLost = () -> Refusing.refuse(core.tenantId(), command, Refusals.UNAVAILABLE);
    return Effect()
        .persist(decision.events())
        .thenRun((TenantState after) -> {
          whenLost = null;
          answer(after, decision, changed(after, decision.events()), command);
          entered(state, after);
        });
  }

  private void answer(
      TenantState state, Decision decision, Duration delay, TenantCommand.Managed command) {
    replies.answer(state, service, decision.answer(), delay, command.replyTo());
  }

  /** Puts in force what has changed; returns how long the edges may not know it. */
  private Duration changed(TenantState after, List<TenantEvent> events) {
    Service serving = service;
    if (serving == null || !(after instanceof Present present)) {
      return Duration.ZERO;
    }
    for (TenantEvent event : events) {
      if (event instanceof KeyRevoked revoked) {
        serving.sessions().endKey(revoked.keyId(), SessionNotice.Reason.KEY_REVOKED);
      }
    }
    Quotas quotas = serving.tracker().quotas();
    serving.requota(present);
    return LimitChange.raises(quotas, serving.tracker().quotas())
        ? core.settings().denialMemory()
        : Duration.ZERO;
  }

  /** Does what entering another stage of life asks for. */
  private void entered(TenantState before, TenantState after) {
    if (before.getClass() == after.getClass()) {
      return;
    }
    switch (after) {
      case Active active -> startService(active);
      case Suspended suspended -> endSessions(SessionNotice.Reason.SUSPENDED);
      case Deleted deleted -> {
        endSessions(SessionNotice.Reason.DELETED);
        drain();
        whenDrained(deleted);
      }
      case Purging purging -> whenDrained(purging);
      case Absent absent -> purge.done();
    }
  }

  private void startService(Present state) {
    if (service != null) {
      return;
    }
    Service started = new Service(core, state);
    service = started;
    draining = false;
    gate.starting();
    started.ledger().start(state);
    core.environment().hotTenants().add(core.tenantId(), core.self());
  }

  private void endSessions(SessionNotice.Reason reason) {
    if (service != null) {
      service.sessions().endAll(reason);
    }
  }

  private void drain() {
    core.environment().hotTenants().remove(core.tenantId(), core.self());
    if (service != null && !draining) {
      draining = true;
      core.later(new TenantSignal.DrainOver(), core.settings().drainTimeout());
      service.drain();
    }
  }

  /** Goes on after the last part has stopped; returns whether it has. */
  private boolean whenDrained(TenantState state) {
    if (service != null && !service.drained()) {
      return false;
    }
    service = null;
    draining = false;
    if (state instanceof Purging purging && !stopping) {
      purge.start(purging);
    }
    return true;
  }

  private Effect<TenantEvent, TenantState> stop(TenantState state) {
    if (stopping) {
      return Effect().none();
    }
    stopping = true;
    Optional<TenantUsed> used = service == null ? Optional.empty() : service.uses().take();
    if (service != null) {
      service.sessions().tellAll(new SessionNotice.Reopen(core.tenantId()));
    }
    drain();
    if (used.isPresent()) {
      return Effect().persist(used.get()).thenRun(() -> core.self().tell(new TenantSignal.Idle()));
    }
    return whenDrained(state) ? Effect().stop() : Effect().none();
  }

  private Effect<TenantEvent, TenantState> signalled(TenantState state, TenantSignal signal) {
    return switch (signal) {
      case TenantSignal.OfService ofService -> {
        if (service != null && state instanceof Present present) {
          service.signalled(present, ofService);
        }
        yield Effect().none();
      }
      case TenantSignal.OfStart ofStart -> starting(state, ofStart);
      case TenantSignal.OfParts ofParts -> partSignalled(state, ofParts);
      case TenantSignal.OfListing ofListing -> listing(state, ofListing);
      case TenantSignal.OfPurge ofPurge -> purging(state, ofPurge);
      case TenantSignal.Idle idle -> idle(state);
      case TenantSignal.MinuteOver over -> minuteOver();
      case TenantSignal.Answer answer -> {
        answer.replyTo().tell(answer.reply());
        yield Effect().none();
      }
    };
  }

  private Effect<TenantEvent, TenantState> starting(
      TenantState state, TenantSignal.OfStart signal) {
    switch (signal) {
      case TenantSignal.StartOver over -> gate.unavailable();
      case TenantSignal.StartFailed failed -> gate.failed(failed.reason());
      case TenantSignal.StartAgain again -> {
        if (service != null && !draining && state instanceof Present present) {
          service.ledger().start(present);
        }
      }
      case TenantSignal.Started started -> {
        gate.ready();
        core.self().tell(new TenantSignal.MinuteOver());
      }
    }
    return Effect().none().thenUnstashAll();
  }

  private Effect<TenantEvent, TenantState> partSignalled(
      TenantState state, TenantSignal.OfParts signal) {
    Service serving = service;
    if (serving == null || !(state instanceof Present present)) {
      return Effect().none();
    }
    return switch (signal) {
      case TenantSignal.FromMap fromMap -> fromMap(present, serving, fromMap.report());
      case TenantSignal.FromLedger fromLedger -> {
        serving.reported(present, fromLedger.report());
        yield Effect().none();
      }
      case TenantSignal.MapEnded ended ->
          serving.ended(ended) || draining ? partEnded(state) : fail("a map has failed");
      case TenantSignal.LedgerEnded ended ->
          !serving.ended(ended) || !serving.isReady()
              ? partEnded(state)
              : fail("the ledger has failed");
      case TenantSignal.DrainOver over ->
          draining ? fail("its parts do not stop in time") : Effect().none();
    };
  }

  private Effect<TenantEvent, TenantState> fromMap(
      Present state, Service serving, MapReport report) {
    switch (report) {
      case MapReport.Idle idle -> serving.maps().idle(idle);
      case MapReport.Metered metered -> serving.metered(metered);
      case MapReport.Failed failed -> {
        return fail("map " + failed.map() + ": " + failed.reason());
      }
      case MapReport.Cleared cleared -> {
        return cleared(state, serving, cleared);
      }
    }
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> cleared(
      Present state, Service serving, MapReport.Cleared cleared) {
    MapSlot slot = state.tenant().maps().get(cleared.map());
    if (slot == null || !slot.clearing() || cleared.generation() < slot.generation()) {
      return Effect().none();
    }
    return Effect()
        .persist(new MapCleared(core.now(), cleared.map(), cleared.generation()))
        .thenRun(() -> serving.admission().cleared(cleared.map()));
  }

  private Effect<TenantEvent, TenantState> partEnded(TenantState state) {
    boolean over = draining && whenDrained(state);
    return over && stopping ? Effect().stop() : Effect().none();
  }

  /** Stops at once; the next message recovers the tenant and all of its parts. */
  private Effect<TenantEvent, TenantState> fail(String reason) {
    core.context().getLog().error("tenant {} stops: {}", core.tenantId(), reason);
    if (service != null) {
      service.sessions().tellAll(new SessionNotice.Reopen(core.tenantId()));
    }
    return Effect().stop();
  }

  private Effect<TenantEvent, TenantState> listing(
      TenantState state, TenantSignal.OfListing signal) {
    switch (signal) {
      case TenantSignal.ListAgain again -> outbox.send();
      case TenantSignal.ListingFailed failed -> outbox.failed(failed.reason());
      case TenantSignal.Listed listed -> {
        outbox.listed(listed.version());
        if (state instanceof Present present
            && present.tenant().listedVersion() < listed.version()) {
          return Effect().persist(new TenantListed(core.now(), listed.version()));
        }
      }
    }
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> purging(TenantState state, TenantSignal.OfPurge signal) {
    switch (signal) {
      case TenantSignal.EraseFailed failed -> purge.failed(failed.reason());
      case TenantSignal.EraseAgain again -> whenDrained(state);
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
    return Effect()
        .persist(new TenantPurged(core.now()))
        .thenRun((TenantState after) -> {
          forgetUpTo = lastSequenceNumber(core.context());
          entered(before, after);
        });
  }

  private Effect<TenantEvent, TenantState> idle(TenantState state) {
    if (stopping) {
      return partEnded(state);
    }
    Duration period =
        state instanceof Absent
            ? core.settings().passivateAbsentAfter()
            : core.settings().passivateAfter();
    boolean quiet =
        (service == null || service.isIdle()) && outbox.isIdle() && !(state instanceof Purging);
    if (idleness.isOver(period) && quiet) {
      shard.tell(new ClusterSharding.Passivate<>(core.self()));
    }
    return Effect().none();
  }

  private Effect<TenantEvent, TenantState> minuteOver() {
    Service serving = service;
    if (serving == null || !serving.isReady()) {
      return Effect().none();
    }
    serving.collect();
    long left = MINUTE_MS - Math.floorMod(core.now(), MINUTE_MS);
    core.later(new TenantSignal.MinuteOver(), Duration.ofMillis(left));
    return serving
        .uses()
        .take()
        .map(used -> (Effect<TenantEvent, TenantState>) Effect().persist(used))
        .orElseGet(() -> Effect().none());
  }

  @Override
  public TenantState emptyState() {
    return Absent.FIRST;
  }

  @Override
  public EventHandler<TenantState, TenantEvent> eventHandler() {
    return (state, event) -> {
      replayed = replayed || !recovered;
      return TenantHistory.apply(state, event);
    };
  }

  @Override
  public SignalHandler<TenantState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> recovered(state))
        .onSignal(SnapshotCompleted.class, (state, signal) -> snapshotTaken(signal))
        .onSignal(PostStop.class, (state, signal) -> ended())
        .build();
  }

  private void recovered(TenantState state) {
    recovered = true;
    idleness.isOver(core.settings().passivateAbsentAfter());
    switch (state) {
      case Absent absent -> {
        if (replayed && absent.incarnation() > 1) {
          core.self().tell(new TenantSignal.ForgetAgain());
        }
      }
      case Purging purging -> purge.start(purging);
      case Deleted deleted -> list(deleted);
      case Active active -> startService(active);
      case Suspended suspended -> startService(suspended);
    }
    if (service != null && state instanceof Present present) {
      list(present);
    }
  }

  private void list(Present state) {
    if (state.tenant().isUnlisted()) {
      outbox.offer(replies.view(state, service), state, listed -> {});
    }
  }

  private void snapshotTaken(SnapshotCompleted signal) {
    long sequenceNr = signal.metadata().sequenceNr();
    if (sequenceNr < forgetUpTo) {
      return;
    }
    core.environment()
        .history()
        .trim(persistenceId().id(), forgetUpTo)
        .whenComplete((done, failure) -> {
          if (failure != null) {
            log.warn("old events of tenant {} are still there", core.tenantId(), failure);
          }
        });
    forgetUpTo = Long.MAX_VALUE;
  }

  private void ended() {
    core.environment().hotTenants().remove(core.tenantId(), core.self());
    if (whenLost != null) {
      whenLost.run();
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
