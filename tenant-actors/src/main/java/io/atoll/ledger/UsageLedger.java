package io.atoll.ledger;

import io.atoll.map.MapReport;
import io.atoll.map.StoreState;
import io.atoll.usage.UsageBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The usage ledger of one tenant, a child of the tenant's actor. It first meters what maps wrote
 * after their watermarks, then folds what it is told, writes it down and ships it.
 */
public final class UsageLedger
    extends EventSourcedBehavior<LedgerCommand, LedgerEvent, LedgerState> {
  private static final int KEPT_SNAPSHOTS = 2;
  private static final long MINUTE_MS = 60_000;

  /**
   * A journal that fails ends the ledger, and the tenant says what happens next. No other strategy
   * can be told not to log the whole stack of what is no fault of ours.
   */
  private static final BackoffSupervisorStrategy END =
      SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0)
          .withMaxRestarts(0)
          .withLogLevel(Level.DEBUG);

  private final ActorContext<LedgerCommand> context;
  private final TimerScheduler<LedgerCommand> timers;
  private final LedgerEnvironment environment;
  private final LedgerIdentity identity;
  private final Consumer<LedgerReport> tenant;
  private final Shipping shipping;
  private final List<UsageBucket> counted = new ArrayList<>();
  private final Map<String, Watermark> watermarks = new HashMap<>();
  private long folds;
  private boolean stopping;
  private boolean unreadable;

  /**
   * A ledger that reports to {@code tenant}, from its own thread; {@code Ready} or {@code Failed}
   * comes first.
   */
  public static Behavior<LedgerCommand> create(
      LedgerEnvironment environment, LedgerIdentity identity, Consumer<LedgerReport> tenant) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new UsageLedger(context, timers, environment, identity, tenant)));
  }

  private UsageLedger(
      ActorContext<LedgerCommand> context,
      TimerScheduler<LedgerCommand> timers,
      LedgerEnvironment environment,
      LedgerIdentity identity,
      Consumer<LedgerReport> tenant) {
    super(PersistenceId.ofUniqueId(identity.persistenceId()), END);
    this.context = context;
    this.timers = timers;
    this.environment = environment;
    this.identity = identity;
    this.tenant = tenant;
    this.shipping = new Shipping(environment.settings());
  }

  @Override
  public LedgerState emptyState() {
    return LedgerState.EMPTY;
  }

  @Override
  public CommandHandler<LedgerCommand, LedgerEvent, LedgerState> commandHandler() {
    return newCommandHandlerBuilder().forAnyState().onAnyCommand(this::on);
  }

  private Effect<LedgerEvent, LedgerState> on(LedgerState state, LedgerCommand command) {
    return switch (command) {
      case LedgerCommand.Fold fold -> fold(fold);
      case LedgerCommand.Flush flush -> flush(state);
      case LedgerCommand.Read read -> read(state, read);
      case LedgerCommand.Stop stop -> stop(state);
      case LedgerCommand.CaughtUp caughtUp -> caughtUp(state, caughtUp.streams());
      case LedgerCommand.CatchUpFailed failed -> failed(failed.reason());
      case LedgerCommand.Shipped shipped -> shipped(state);
      case LedgerCommand.ShipFailed failed -> shipFailed(failed.reason());
      case LedgerCommand.ShipAgain again -> shipAgain(state);
      case LedgerCommand.TableRead read -> tableRead(state, read);
    };
  }

  private Effect<LedgerEvent, LedgerState> fold(LedgerCommand.Fold fold) {
    folds++;
    add(fold.minutes(), fold.watermark());
    if (!counted.isEmpty() && !timers.isTimerActive(LedgerCommand.Flush.class)) {
      flushLater();
    }
    return Effect().none();
  }

  private void flushLater() {
    timers.startSingleTimer(
        LedgerCommand.Flush.class, new LedgerCommand.Flush(), environment.settings().flushDelay());
  }

  private void add(List<UsageBucket> minutes, @Nullable Watermark mark) {
    counted.addAll(minutes);
    if (mark != null) {
      watermarks.put(mark.map(), mark);
    }
  }

  /** What was counted while the store does not answer is written down when it does. */
  private Effect<LedgerEvent, LedgerState> flush(LedgerState state) {
    if (isStoreDown()) {
      flushLater();
      return Effect().none();
    }
    return hasNews(state) ? Effect().persist(news(state)).thenRun(this::written) : Effect().none();
  }

  private boolean isStoreDown() {
    return environment.store().get().isDown();
  }

  private Effect<LedgerEvent, LedgerState> read(LedgerState state, LedgerCommand.Read read) {
    if (isStoreDown()) {
      return tableRead(state, new LedgerCommand.TableRead(read, null));
    }
    return hasNews(state)
        ? Effect()
            .persist(news(state))
            .thenRun((LedgerState after) -> {
              written(after);
              readTable(read);
            })
        : Effect().none().thenRun((LedgerState unchanged) -> readTable(read));
  }

  private Effect<LedgerEvent, LedgerState> stop(LedgerState state) {
    stopping = true;
    timers.startSingleTimer(
        new LedgerCommand.ShipFailed("no answer"), environment.settings().stopTimeout());
    if (hasNews(state)) {
      return Effect().persist(news(state)).thenRun(this::writtenLast);
    }
    return shipping.isDone() ? Effect().stop() : shipAgain(state);
  }

  private Effect<LedgerEvent, LedgerState> caughtUp(
      LedgerState state, List<MapReport.Metered> streams) {
    streams.forEach(stream -> add(stream.minutes(), Watermark.of(stream)));
    return hasNews(state)
        ? Effect().persist(news(state)).thenRun(this::ready)
        : Effect().none().thenRun(this::ready);
  }

  private void ready(LedgerState state) {
    List<Watermark> maps = identity.mapStreams().keySet().stream().map(state::watermark).toList();
    tenant.accept(new LedgerReport.Ready(maps));
    shipping.add(state.minutes().keySet());
    ship(state);
    settle(state);
  }

  private Effect<LedgerEvent, LedgerState> failed(String reason) {
    tenant.accept(new LedgerReport.Failed(reason));
    return Effect().stop();
  }

  private boolean hasNews(LedgerState state) {
    watermarks.values().removeIf(mark -> mark.equals(state.watermark(mark.map())));
    return !counted.isEmpty() || !watermarks.isEmpty();
  }

  private LedgerEvent.MinutesMetered news(LedgerState state) {
    long present = Math.floorDiv(environment.time().epochMillis(), MINUTE_MS);
    long closable =
        LedgerRules.closable(
            present, environment.settings().keptMinutes(), shipping.firstUnshipped());
    LedgerEvent.MinutesMetered event =
        LedgerRules.meter(state, counted, watermarks.values(), closable);
    counted.clear();
    watermarks.clear();
    shipping.add(event.minutes().stream().map(UsageBucket::minute).toList());
    return event;
  }

  private void written(LedgerState state) {
    tenant.accept(new LedgerReport.Recorded(List.copyOf(state.watermarks().values())));
    ship(state);
  }

  private void writtenLast(LedgerState state) {
    written(state);
    if (shipping.isDone()) {
      context.getSelf().tell(new LedgerCommand.Shipped());
    }
  }

  /** What another node may have counted further by now does not replace what that one stored. */
  private void ship(LedgerState state) {
    if (shipping.isUnderWay() || shipping.isDone()) {
      return;
    }
    if (environment.store().get() == StoreState.LOST) {
      context.getSelf().tell(new LedgerCommand.ShipFailed("another node may have the tenant"));
      return;
    }
    context.pipeToSelf(
        environment
            .table()
            .upsert(identity.tenantId(), identity.incarnation(), shipping.start(state))
            .thenApply(done -> Done.getInstance()),
        (done, failure) ->
            failure == null
                ? new LedgerCommand.Shipped()
                : new LedgerCommand.ShipFailed(failure.toString()));
  }

  private Effect<LedgerEvent, LedgerState> shipped(LedgerState state) {
    shipping.succeeded();
    ship(state);
    settle(state);
    return stopping && shipping.isDone() ? Effect().stop() : Effect().none();
  }

  private void settle(LedgerState state) {
    if (shipping.isDone() && !hasNews(state)) {
      tenant.accept(new LedgerReport.Settled(folds));
    }
  }

  private Effect<LedgerEvent, LedgerState> shipFailed(String reason) {
    context.getLog().warn("usage of {} waits to be stored: {}", identity.tenantId(), reason);
    timers.startSingleTimer(new LedgerCommand.ShipAgain(), shipping.failed());
    return stopping ? Effect().stop() : Effect().none();
  }

  private Effect<LedgerEvent, LedgerState> shipAgain(LedgerState state) {
    ship(state);
    return Effect().none();
  }

  private void readTable(LedgerCommand.Read read) {
    UsageReading reading = UsageReading.of(read);
    if (reading.isEmpty()) {
      context.getSelf().tell(new LedgerCommand.TableRead(read, List.of()));
      return;
    }
    context.pipeToSelf(
        environment
            .table()
            .read(identity.tenantId(), identity.incarnation(), reading.first(), reading.end()),
        (stored, failure) -> new LedgerCommand.TableRead(read, failure == null ? stored : null));
  }

  private Effect<LedgerEvent, LedgerState> tableRead(
      LedgerState state, LedgerCommand.TableRead answer) {
    LedgerCommand.Read read = answer.read();
    List<UsageBucket> stored = answer.stored();
    List<UsageBucket> usage = stored == null ? null : UsageReading.of(read).merged(state, stored);
    tenant.accept(new LedgerReport.UsageRead(read.correlation(), usage));
    return Effect().none();
  }

  @Override
  public EventHandler<LedgerState, LedgerEvent> eventHandler() {
    return LedgerState::apply;
  }

  @Override
  public SignalHandler<LedgerState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> catchUp(state))
        .onSignal(RecoveryFailed.class, (state, signal) -> unread(signal.getFailure()))
        .build();
  }

  /** The journal's failure is signalled as it is, and again as the fault that ends the ledger. */
  private void unread(Throwable failure) {
    if (unreadable) {
      return;
    }
    unreadable = true;
    context
        .getLog()
        .warn(
            "the usage of tenant {} cannot be read back and is tried again: {}",
            identity.tenantId(),
            failure.toString());
  }

  private void catchUp(LedgerState state) {
    LedgerSettings settings = environment.settings();
    CatchUp catchUp =
        new CatchUp(context.getSystem(), settings.readJournal(), environment.journal());
    context.pipeToSelf(
        catchUp.read(identity.mapStreams(), state, settings.streamsAtOnce()),
        (streams, failure) ->
            failure == null
                ? new LedgerCommand.CaughtUp(streams)
                : new LedgerCommand.CatchUpFailed(failure.toString()));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(environment.settings().snapshotEvery(), KEPT_SNAPSHOTS);
  }
}
