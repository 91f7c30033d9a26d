package io.atoll.map;

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

  static MapStream open(MapCore core) {
    ActorRef<MapEvent> writer =
        core.context.spawn(
            create(
                core.identity.persistenceId(),
                core.settings().snapshotEvery(),
                core.context.getSelf()),
            "writer");
    core.context.watchWith(writer, new MapSignal.StreamFailed(null));
    return writer::tell;
  }

  private static Behavior<MapEvent> create(
      String persistenceId, int snapshotEvery, ActorRef<MapCommand> map) {
    return new MapWriter(persistenceId, snapshotEvery, map);
  }

  private MapWriter(String persistenceId, int snapshotEvery, ActorRef<MapCommand> map) {
    super(PersistenceId.ofUniqueId(persistenceId));
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
    return MapState::apply;
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
        .onSignal(
            RecoveryCompleted.class, (state, signal) -> map.tell(new MapSignal.Recovered(state)))
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
