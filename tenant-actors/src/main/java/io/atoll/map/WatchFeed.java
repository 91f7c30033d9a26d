package io.atoll.map;

import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Ended;
import io.atoll.map.WatchReply.Kind;
import io.atoll.map.WatchReply.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one watcher: first the changes since the one that it named, read back from the stream (or,
 * when they are no longer kept, a reset and the present entries), then every further change. At
 * most one batch is with the subscriber; what waits is bounded, and a watcher that falls further
 * behind is ended, never thinned.
 */
final class WatchFeed extends AbstractBehavior<WatchFeed.Message> {
  private static final int BATCH_CHANGES = 256;
  private static final long BATCH_BYTES = 1 << 20;
  private static final long CHANGE_OVERHEAD = 64;

  private final Opening opening;
  private final ActorRef<WatchSignal> signals;
  private final ArrayDeque<Change> live = new ArrayDeque<>();
  private final List<Change> batch = new ArrayList<>();
  private @Nullable SinkQueueWithCancel<EventEnvelope> history;
  private @Nullable Walk present;
  private long delivered;
  private long liveBytes;
  private long batchBytes;

  /** The change that must come next from the history: a later one says that some are gone. */
  private long nextSeq;

  private boolean subscriberReady = true;
  private boolean fetching;
  private boolean ended;

  /** What a feed starts with; the state is the map's at that moment. */
  record Opening(
      long watchId,
      Key prefix,
      long since,
      MapState state,
      StreamPages pages,
      MapSettings settings,
      long now,
      ActorRef<WatchReply> subscriber) {}

  /** What a feed is told. */
  sealed interface Message {}

  /** An event that was made durable after the feed's state. */
  record Committed(MapEvent event) implements Message {}

  /** A signal of the subscriber. */
  record Signalled(WatchSignal signal) implements Message {}

  private record HistoryRead(EventEnvelope event) implements Message {}

  private record HistoryOver() implements Message {}

  private record HistoryFailed(Throwable failure) implements Message {}

  private record PresentPage(@Nullable Page page, @Nullable Throwable failure) implements Message {}

  static Behavior<Message> create(Opening opening) {
    return Behaviors.setup(context -> new WatchFeed(context, opening));
  }

  private WatchFeed(ActorContext<Message> context, Opening opening) {
    super(context);
    this.opening = opening;
    this.signals = context.messageAdapter(WatchSignal.class, Signalled::new);
    this.delivered = opening.since();
    this.nextSeq = opening.since() + 1;
    context.watch(opening.subscriber());
    opening
        .subscriber()
        .tell(new WatchReply.Started(opening.watchId(), opening.state().seq(), signals));
    start();
  }

  private void start() {
    long seq = opening.state().seq();
    if (opening.since() < 0 || opening.since() == seq) {
      delivered = seq;
    } else if (opening.since() > seq) {
      reset();
    } else {
      readHistory();
    }
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::on)
        .onSignal(org.apache.pekko.actor.typed.Terminated.class, _ -> finish())
        .onSignal(PostStop.class, _ -> stopped())
        .build();
  }

  private Behavior<Message> on(Message message) {
    return switch (message) {
      case Committed committed -> committed(committed.event());
      case Signalled signalled -> signalled(signalled.signal());
      case HistoryRead read -> historyRead((MapEvent) read.event().event());
      case HistoryOver _ -> historyOver();
      case HistoryFailed failed -> historyFailed(failed.failure());
      case PresentPage page -> presentPage(page);
    };
  }

  private Behavior<Message> committed(MapEvent event) {
    Changes.of(event, opening.prefix(), delivered, this::enqueue);
    if (live.size() > opening.settings().watchChanges()
        || liveBytes > opening.settings().watchBytes()) {
      return end(Reason.SLOW_CONSUMER);
    }
    if (isLive()) {
      drainLive();
    }
    return this;
  }

  private void enqueue(Change change) {
    live.addLast(change);
    liveBytes += size(change);
  }

  private Behavior<Message> signalled(WatchSignal signal) {
    return switch (signal) {
      case STOP -> finish();
      case READY -> {
        subscriberReady = true;
        advance();
        yield this;
      }
    };
  }

  /** Goes on with whatever comes next, once the subscriber can take it. */
  private void advance() {
    if (fetching || !subscriberReady) {
      return;
    }
    if (history != null) {
      fetchHistory(history);
    } else if (present != null) {
      walkPresent(present);
    } else {
      drainLive();
    }
  }

  private boolean isLive() {
    return history == null && present == null;
  }

  private void drainLive() {
    while (subscriberReady && !live.isEmpty() && batch.size() < BATCH_CHANGES) {
      Change change = live.removeFirst();
      liveBytes -= size(change);
      add(change);
    }
    send();
  }

  private void readHistory() {
    long from = opening.state().marks().ordinalBefore(opening.since() + 1);
    history =
        PersistenceQuery.get(getContext().getSystem())
            .getReadJournalFor(
                CurrentEventsByPersistenceIdQuery.class, opening.settings().readJournal())
            .currentEventsByPersistenceId(opening.pages().stream(), from, opening.state().ordinal())
            .runWith(
                Sink.<EventEnvelope>queue().addAttributes(Attributes.inputBuffer(1, 1)),
                getContext().getSystem());
    advance();
  }

  private void fetchHistory(SinkQueueWithCancel<EventEnvelope> queue) {
    fetching = true;
    CompletionStage<Optional<EventEnvelope>> next = queue.pull();
    getContext().pipeToSelf(next, WatchFeed::pulled);
  }

  private static Message pulled(Optional<EventEnvelope> event, @Nullable Throwable failure) {
    if (failure != null) {
      return new HistoryFailed(failure);
    }
    return event.<Message>map(HistoryRead::new).orElseGet(HistoryOver::new);
  }

  private Behavior<Message> historyRead(MapEvent event) {
    fetching = false;
    if (Changes.firstSeq(event) > nextSeq) {
      reset();
    } else {
      nextSeq = Math.max(nextSeq, Changes.lastSeq(event) + 1);
      Changes.of(event, opening.prefix(), delivered, this::add);
      sendWhenFull();
    }
    advance();
    return this;
  }

  private Behavior<Message> historyFailed(Throwable failure) {
    getContext().getLog().warn("cannot read the history of a watch", failure);
    return end(Reason.STOPPED);
  }

  private Behavior<Message> historyOver() {
    fetching = false;
    history = null;
    if (nextSeq <= opening.state().seq()) {
      reset();
    } else {
      delivered = Math.max(delivered, opening.state().seq());
      send();
    }
    advance();
    return this;
  }

  /** The history that the watcher asked for is gone: it starts again from the present entries. */
  private void reset() {
    cancelHistory();
    long seq = opening.state().seq();
    delivered = seq;
    batch.clear();
    batchBytes = 0;
    add(new Change(seq, Kind.RESET, null, null, 0));
    present = new Walk(opening.state(), opening.prefix(), null, opening.now());
    walkPresent(present);
  }

  private void walkPresent(Walk walk) {
    while (subscriberReady) {
      switch (walk.next()) {
        case Walk.Next next -> {
          Entry entry = next.entry();
          add(new Change(entry.version(), Kind.SET, entry.key(), entry.value(), entry.version()));
          sendWhenFull();
        }
        case Walk.Need need -> {
          Page page = opening.pages().resident(need.page());
          if (page == null) {
            fetching = true;
            getContext().pipeToSelf(opening.pages().load(need.page()), PresentPage::new);
            return;
          }
          walk.supply(page);
        }
        case Walk.End _ -> {
          present = null;
          drainLive();
          return;
        }
      }
    }
  }

  private Behavior<Message> presentPage(PresentPage read) {
    fetching = false;
    Page page = read.page();
    Walk walk = present;
    if (page == null || walk == null) {
      getContext().getLog().warn("cannot read the present entries of a watch", read.failure());
      return end(Reason.STOPPED);
    }
    walk.supply(page);
    advance();
    return this;
  }

  private void add(Change change) {
    delivered = Math.max(delivered, change.seq());
    batch.add(change);
    batchBytes += size(change);
  }

  private void sendWhenFull() {
    if (batch.size() >= BATCH_CHANGES || batchBytes >= BATCH_BYTES) {
      send();
    }
  }

  private void send() {
    if (batch.isEmpty()) {
      return;
    }
    subscriberReady = false;
    opening.subscriber().tell(new WatchReply.Changes(opening.watchId(), List.copyOf(batch)));
    batch.clear();
    batchBytes = 0;
  }

  private Behavior<Message> end(Reason reason) {
    opening.subscriber().tell(new Ended(opening.watchId(), reason, null));
    return finish();
  }

  /** Stops without a further word to the subscriber. */
  private Behavior<Message> finish() {
    ended = true;
    return Behaviors.stopped();
  }

  private Behavior<Message> stopped() {
    cancelHistory();
    if (!ended) {
      opening.subscriber().tell(new Ended(opening.watchId(), Reason.STOPPED, null));
    }
    return this;
  }

  private void cancelHistory() {
    if (history != null) {
      history.cancel();
      history = null;
    }
  }

  private static long size(Change change) {
    Key key = change.key();
    byte[] value = change.value();
    return CHANGE_OVERHEAD + (key == null ? 0 : key.length()) + (value == null ? 0 : value.length);
  }
}
