package io.atoll.map;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A map's stream in a {@link MapJournal}: an event goes from the map's actor to the store and comes
 * back as one message. A snapshot is taken after every checkpoint and every so many events, beside
 * the writing.
 */
final class JournalStream implements MapStream {
  private static final Logger LOG = LoggerFactory.getLogger(JournalStream.class);
  private static final Executor SAVING = Thread.ofVirtual().name("map-snapshot")::start;
  private static final CompletionStage<Void> SAVED = CompletableFuture.completedStage(null);

  private final MapCore core;
  private final MapJournal journal;
  private final String stream;
  private final ActorRef<MapCommand> map;

  /** The event of the last snapshot that was begun or read; one thread after the other has it. */
  private long lastSnapshot;

  /** The last snapshot under way. Followed by the next one; events of one stream come in turn. */
  private CompletionStage<Void> saving = SAVED;

  private JournalStream(MapCore core, MapJournal journal) {
    this.core = core;
    this.journal = journal;
    this.stream = core.pages.stream();
    this.map = core.context.getSelf();
  }

  static MapStream open(MapCore core, MapJournal journal) {
    JournalStream opened = new JournalStream(core, journal);
    opened.recover();
    return opened;
  }

  @Override
  public void append(MapEvent event) {
    MapState after = core.state.apply(event);
    journal
        .append(stream, after.ordinal(), event)
        .whenComplete((_, failure) -> appended(event, after, failure));
  }

  private void appended(MapEvent event, MapState after, @Nullable Throwable failure) {
    if (failure != null) {
      map.tell(new MapSignal.StreamFailed(failure));
      return;
    }
    map.tell(new MapSignal.Persisted(after));
    if (wantsSnapshot(event, after)) {
      lastSnapshot = after.ordinal();
      save(after);
    }
  }

  /**
   * A snapshot holds all recent changes, of a large map many megabytes: it is worth its bytes once
   * as many events came as it has changes. A checkpoint makes it small again.
   */
  private boolean wantsSnapshot(MapEvent event, MapState after) {
    return switch (event) {
      case MapEvent.EntriesChanged _ ->
          after.ordinal() - lastSnapshot
              >= Math.max(core.settings().snapshotEvery(), after.recent().size());
      case MapEvent.Cleared _, MapEvent.Checkpointed _ -> true;
    };
  }

  private void save(MapState state) {
    saving =
        saving
            .thenComposeAsync(_ -> journal.save(stream, state.ordinal(), state), SAVING)
            .handle((_, failure) -> saved(state.ordinal(), failure));
  }

  private @Nullable Void saved(long ordinal, @Nullable Throwable failure) {
    if (failure == null) {
      map.tell(new MapSignal.SnapshotSaved(ordinal));
    } else {
      LOG.warn("no snapshot of {} this time, recovery takes longer", stream, failure);
    }
    return null;
  }

  private void recover() {
    Recovering recovering = new Recovering(core.metered);
    core.context.pipeToSelf(
        journal.recover(stream, recovering),
        (_, failure) -> {
          lastSnapshot = recovering.snapshot;
          return failure == null
              ? new MapSignal.Recovered(recovering.state, recovering.unmetered)
              : new MapSignal.StreamFailed(failure);
        });
  }

  /** The state as far as it was read. */
  private static final class Recovering implements MapJournal.Replay {
    private final MeteredTo metered;
    private final List<MapEvent> unmetered = new ArrayList<>(0);
    private MapState state = MapState.EMPTY;
    private long snapshot;

    Recovering(MeteredTo metered) {
      this.metered = metered;
    }

    @Override
    public void snapshot(MapSnapshot snapshot) {
      state =
          switch (snapshot) {
            case MapState stored -> stored;
          };
      this.snapshot = state.ordinal();
    }

    @Override
    public void event(MapEvent event) {
      state = state.apply(event);
      if (metered.isBefore(state)) {
        unmetered.add(event);
      }
    }
  }
}
