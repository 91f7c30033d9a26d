package io.atoll.tenant;

import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantState.Absent;
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

/**
 * One tenant: decides by its rules, persists, applies, answers. What it needs in memory to serve is
 * its {@link Service}, kept by its {@link TenantLife}.
 */
public final class TenantActor
    extends EventSourcedBehavior<TenantCommand, TenantEvent, TenantState> {
  private static final int KEPT_SNAPSHOTS = 2;

  private final TenantCore core;
  private final Idleness idleness;
  private final TenantLife life;
  private final Oblivion oblivion;
  private final Departure departure;
  private final TenantRequests requests;
  private final TenantSignals signals;

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
    DirectoryOutbox outbox = new DirectoryOutbox(core);
    Purge purge = new Purge(core);
    Replies replies = new Replies(core, outbox, purge);
    StartGate gate = new StartGate(core);
    this.core = core;
    this.idleness = new Idleness(core);
    this.oblivion = new Oblivion(core);
    this.life = new TenantLife(core, outbox, purge, replies, gate);
    this.departure = new Departure(core, shard, life);
    TenantEffects effects = new TenantEffects(core, Effect(), outbox, departure);
    this.requests =
        new TenantRequests(core, effects, unhandled, life, gate, departure, idleness, replies);
    this.signals = new TenantSignals(core, effects, life, gate, departure, idleness, outbox, purge);
  }

  @Override
  public CommandHandler<TenantCommand, TenantEvent, TenantState> commandHandler() {
    return this::on;
  }

  private Effect<TenantEvent, TenantState> on(TenantState state, TenantCommand command) {
    return switch (command) {
      case TenantCommand.Public fromOutside -> requests.asked(state, fromOutside);
      case TenantSignal signal -> signals.signalled(state, signal);
    };
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
    requests.refuseUnanswered();
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
