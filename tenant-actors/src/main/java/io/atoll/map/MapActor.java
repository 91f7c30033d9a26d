package io.atoll.map;

import io.atoll.quota.Account;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * One map of one tenant: a child of the tenant's actor, with a stream of its own and a feed for
 * each watcher beneath it. Reads are answered from committed state, writes when they are durable.
 */
public final class MapActor extends ExtensibleBehavior<MapCommand> {
  private static final int TICKS_UNTIL_IDLE = 4;
  private static final MapSignal.Tick TICK = new MapSignal.Tick();

  private final MapCore core;
  private final PageLoads loads;
  private final MapReads reads;
  private final MapWrites writes;
  private final MapCheckpoints checkpoints;
  private final MapExpiry expiry;
  private final MapOutage outage;
  private final EarlyCommands early = new EarlyCommands();

  /** The feeds of the watchers by the actor that has to end; empty when nobody watches. */
  private Map<ActorRef<Void>, ActorRef<WatchFeed.Message>> feeds = Map.of();

  private @Nullable Cancellable alarm;
  private boolean recovered;
  private boolean stopping;

  /** The map answers nothing any more; its tenant will stop it. */
  private boolean failed;

  private long received;
  private long lastReceivedNanos;

  /**
   * A map that reports to {@code tenant}, from its own thread, and reserves its growth in {@code
   * account}, which holds the size that it was {@code metered} with already. History is kept for
   * {@code retentionMs}, -1 for ever.
   */
  public static Behavior<MapCommand> create(
      MapEnvironment environment,
      MapIdentity identity,
      Account account,
      MeteredTo metered,
      Consumer<MapReport> tenant,
      long retentionMs) {
    return Behaviors.setup(context ->
        new MapActor(
            new MapCore(context, environment, identity, account, metered, tenant), retentionMs));
  }

  private MapActor(MapCore core, long retentionMs) {
    this.core = core;
    this.loads = new PageLoads(core);
    this.reads = new MapReads(core, loads);
    this.outage = new MapOutage(core);
    this.writes = new MapWrites(core, loads, reads, MapStream.open(core), outage);
    this.checkpoints = new MapCheckpoints(core, retentionMs);
    this.expiry = new MapExpiry(core, loads, writes);
    this.lastReceivedNanos = nanos();
    tickLater();
  }

  @Override
  public Behavior<MapCommand> receive(TypedActorContext<MapCommand> context, MapCommand command) {
    core.newTurn();
    return switch (command) {
      case MapCommand.FromTenant fromTenant -> failed ? refused(fromTenant) : received(fromTenant);
      case MapSignal signal -> failed ? this : signalled(signal);
    };
  }

  @Override
  public Behavior<MapCommand> receiveSignal(TypedActorContext<MapCommand> context, Signal signal) {
    core.newTurn();
    return switch (signal) {
      case Terminated terminated -> ended(terminated);
      case PostStop _ -> {
        silence();
        withdraw();
        yield this;
      }
      default -> Behaviors.unhandled();
    };
  }

  private Behavior<MapCommand> received(MapCommand.FromTenant command) {
    received++;
    lastReceivedNanos = nanos();
    if (!recovered) {
      early.add(command);
      return this;
    }
    return perform(command);
  }

  private Behavior<MapCommand> perform(MapCommand.FromTenant command) {
    switch (command) {
      case MapCommand.Apply apply -> apply(apply);
      case MapCommand.OpenWatch open -> openWatch(open);
      case MapCommand.Clear clear -> clear(clear.generation());
      case MapCommand.CollectUsage _ -> report();
      case MapCommand.UsageRecorded recorded -> checkpoints.usageRecorded(recorded.sequenceNr());
      case MapCommand.RetentionChanged changed -> checkpoints.retention(changed.retentionMs());
      case MapCommand.Stop _ -> stopping = true;
    }
    return advance();
  }

  private Behavior<MapCommand> signalled(MapSignal signal) {
    return switch (signal) {
      case MapSignal.Recovered it -> recovered(it);
      case MapSignal.Persisted it -> persisted(it.state());
      case MapSignal.StreamFailed it -> streamFailed(it.failure());
      case MapSignal.SnapshotSaved it -> {
        checkpoints.snapshotSaved(it.ordinal());
        yield this;
      }
      case MapSignal.PageLoaded it -> pageLoaded(it);
      case MapSignal.Folded it -> folded(it);
      case MapSignal.ExpiryDue _ -> {
        expiry.due();
        yield advance();
      }
      case MapSignal.StoreDue _ ->
          outage.mustStartAgain() ? fail("its last write is in doubt", null) : this;
      case MapSignal.Tick _ -> tick();
    };
  }

  private void apply(MapCommand.Apply apply) {
    Answers answers = new Answers(core.identity.tenantId());
    for (int i = 0; i < apply.operations().size(); i++) {
      Operation.OnMap operation = apply.operations().get(i);
      if (outage.refuses(operation)) {
        answers.add(apply, i, Answers.UNAVAILABLE);
        continue;
      }
      if (!(operation instanceof Operation.Write)) {
        core.meter.read(core.now(), operation.bytesIn());
      }
      if (writes.mustWait(operation)) {
        writes.add(new WriteQueue.Asked(apply, i));
      } else {
        reads.read(apply, i, answers);
      }
    }
    answers.send();
  }

  private void openWatch(MapCommand.OpenWatch open) {
    ActorRef<WatchFeed.Message> feed =
        core.context.spawnAnonymous(
            WatchFeed.create(
                new WatchFeed.Opening(
                    open.watchId(),
                    open.prefix(),
                    open.since(),
                    core.state,
                    core.pages,
                    core.settings(),
                    core.now(),
                    open.subscriber())),
            DispatcherSelector.sameAsParent());
    core.context.watch(feed);
    if (feeds.isEmpty()) {
      feeds = new HashMap<>();
    }
    feeds.put(feed.unsafeUpcast(), feed);
  }

  private void clear(long generation) {
    if (core.state.generation() >= generation) {
      core.tenant.accept(new MapReport.Cleared(core.identity.map(), core.state.generation()));
    } else {
      writes.add(new WriteQueue.Clearing(generation));
    }
  }

  private Behavior<MapCommand> recovered(MapSignal.Recovered stream) {
    if (!core.recovered(stream)) {
      return fail("its stream went on after it was metered", null);
    }
    recovered = true;
    if (core.state.generation() < core.identity.generation()) {
      writes.add(new WriteQueue.Clearing(core.identity.generation()));
    }
    Behavior<MapCommand> next = advance();
    while (Behavior.isAlive(next)) {
      MapCommand.FromTenant waiting = early.poll();
      if (waiting == null) {
        return next;
      }
      next = perform(waiting);
    }
    return next;
  }

  private Behavior<MapCommand> persisted(MapState state) {
    MapState before = core.state;
    core.state = state;
    MapEvent event = writes.persisted();
    if (!feeds.isEmpty()) {
      feeds.values().forEach(feed -> feed.tell(new WatchFeed.Committed(event, state)));
    }
    core.meter.event(event);
    switch (event) {
      case MapEvent.EntriesChanged _ -> {}
      case MapEvent.Cleared cleared -> cleared(before, cleared);
      case MapEvent.Checkpointed _ -> checkpoints.checkpointed();
    }
    if (!state.manifest().equals(before.manifest())) {
      expiry.manifestChanged();
    }
    checkpoints.consider();
    return advance();
  }

  private void cleared(MapState before, MapEvent.Cleared cleared) {
    core.account.release(before.entries(), before.bytes());
    checkpoints.cleared(before);
    core.tenant.accept(new MapReport.Cleared(core.identity.map(), cleared.generation()));
  }

  private Behavior<MapCommand> pageLoaded(MapSignal.PageLoaded loaded) {
    Page page = loaded.page();
    if (page != null || !core.state.manifest().pages().contains(loaded.reference())) {
      loads.loaded(loaded.reference(), page);
    } else if (outage.isOn()) {
      loads.failed(loaded.reference());
    } else {
      return fail("a page cannot be read", loaded.failure());
    }
    return advance();
  }

  private Behavior<MapCommand> folded(MapSignal.Folded folded) {
    if (checkpoints.folded(folded)) {
      writes.addFirst(checkpoints::install);
    }
    return advance();
  }

  /** One alarm at a time, and not a timer of its own, which takes four times the memory. */
  private void tickLater() {
    alarm =
        core.context.scheduleOnce(
            core.settings().idleAfter().dividedBy(TICKS_UNTIL_IDLE), core.context.getSelf(), TICK);
  }

  private void silence() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private Behavior<MapCommand> tick() {
    tickLater();
    if (!recovered) {
      return this;
    }
    checkpoints.tidy(false);
    long idleNanos = core.settings().idleAfter().toNanos();
    if (isIdle() && nanos() - lastReceivedNanos >= idleNanos) {
      core.tenant.accept(new MapReport.Idle(core.identity.map(), received));
    }
    return advance();
  }

  /** Goes on with what waits; stops when nothing is left and it was told to. */
  private Behavior<MapCommand> advance() {
    writes.advance();
    expiry.schedule();
    if (stopping && isQuiet()) {
      report();
      checkpoints.tidy(true);
      return Behaviors.stopped();
    }
    return this;
  }

  /** One that is in doubt stays: its successor would not know what it has reserved. */
  private boolean isIdle() {
    return isQuiet() && feeds.isEmpty() && !outage.isInDoubt();
  }

  private boolean isQuiet() {
    return writes.isIdle() && loads.isEmpty();
  }

  private void report() {
    core.tenant.accept(
        new MapReport.Metered(
            core.identity.map(),
            core.state.ordinal(),
            core.meter.drain(),
            core.state.entries(),
            core.state.bytes()));
  }

  private Behavior<MapCommand> ended(Terminated terminated) {
    feeds.remove(terminated.getRef());
    if (feeds.isEmpty()) {
      feeds = Map.of();
    }
    return this;
  }

  /** Whether the last event was written is not known; a store that is down cannot be asked. */
  private Behavior<MapCommand> streamFailed(@Nullable Throwable failure) {
    if (!recovered || !outage.isOn()) {
      return fail("its stream cannot be read or written", failure);
    }
    core.context.getLog().warn("map {} waits for its store", core.pages.stream());
    outage.doubt();
    writes.withdraw();
    return this;
  }

  /** Says of all that waits for something that it cannot be answered. */
  private void withdraw() {
    writes.withdraw();
    loads.giveUp();
    early.refuse(core.identity.tenantId());
  }

  private Behavior<MapCommand> fail(String reason, @Nullable Throwable failure) {
    core.context.getLog().error("map {} stops: {}", core.pages.stream(), reason, failure);
    failed = true;
    stopping |= early.endWithStop();
    withdraw();
    core.tenant.accept(new MapReport.Failed(core.identity.map(), reason));
    return stopping ? Behaviors.stopped() : this;
  }

  private Behavior<MapCommand> refused(MapCommand.FromTenant command) {
    command.refuse(core.identity.tenantId());
    return command instanceof MapCommand.Stop ? Behaviors.stopped() : this;
  }

  private long nanos() {
    return core.environment.time().nanoTime();
  }
}
