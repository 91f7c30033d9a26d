package io.atoll.map;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotCompleted;
import org.apache.pekko.persistence.typed.SnapshotFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A map's stream behind the actor system's journal plugin: an actor that writes one event at a time
 * and recovers. A failed write stops it, and the map is told.
 */
final class MapWriter extends EventSourcedBehavior<MapEvent, MapEvent, MapState> {
  private static final Logger log = LoggerFactory.getLogger(MapWriter.class);
  private static final int KEPT_SNAPSHOTS = 2;

  private final ActorRef<MapCommand> map;
  private final int snapshotEvery;
  private final MeteredTo metered;

  /** What the recovery has read and nobody has metered. */
  private final List<MapEvent> unmetered = new ArrayList<>(0);

  private boolean recovered;

  static MapStream open(MapCore core) {
    ActorRef<MapEvent> writer =
        core.context.spawn(
            create(
                core.identity.persistenceId(),
                core.settings().snapshotEvery(),
                core.metered,
                core.context.getSelf()),
            "writer");
    core.context.watchWith(writer, new MapSignal.StreamFailed(null));
    return writer::tell;
  }

  private static Behavior<MapEvent> create(
      String persistenceId, int snapshotEvery, MeteredTo metered, ActorRef<MapCommand> map) {
    return new MapWriter(persistenceId, snapshotEvery, metered, map);
  }

  private MapWriter(
      String persistenceId, int snapshotEvery, MeteredTo metered, ActorRef<MapCommand> map) {
    super(PersistenceId.ofUniqueId(persistenceId));
    this.metered = metered;
    this.map = map;
    this.snapshotEvery = snapshotEvery;
  }

  @Override
  public MapState emptyState() {
    return MapState.EMPTY;
  }

  @Override
  public CommandHandler<MapEvent, MapEvent, MapState> commandHandler() {
    return (state, event) ->
        Effect()
            .persist(event)
            .thenRun((MapState after) -> map.tell(new MapSignal.Persisted(after)));
  }

  @Override
  public EventHandler<MapState, MapEvent> eventHandler() {
    return (state, event) -> {
      MapState after = state.apply(event);
      if (!recovered && metered.isBefore(after)) {
        unmetered.add(event);
      }
      return after;
    };
  }

  private void recovered(MapState state) {
    recovered = true;
    map.tell(new MapSignal.Recovered(state, List.copyOf(unmetered)));
    unmetered.clear();
  }

  @Override
  public boolean shouldSnapshot(MapState state, MapEvent event, long sequenceNr) {
    return event instanceof MapEvent.Checkpointed || event instanceof MapEvent.Cleared;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, KEPT_SNAPSHOTS);
  }

  @Override
  public SignalHandler<MapState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> recovered(state))
        .onSignal(
            SnapshotCompleted.class,
            (state, signal) ->
                map.tell(new MapSignal.SnapshotSaved(signal.metadata().sequenceNr())))
        .onSignal(
            SnapshotFailed.class,
            (state, signal) ->
                log.warn(
                    "no snapshot of {} this time, recovery takes longer",
                    persistenceId().id(),
                    signal.failure()))
        .build();
  }
}
