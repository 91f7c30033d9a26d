package io.atoll.map;

import io.atoll.map.WatchBacklog.Place;
import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Ended;
import io.atoll.map.WatchReply.Reason;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one watcher: first the changes since the one that it named, read back from the stream (or,
 * when they are no longer kept, a reset and the present entries), then every further change. At
 * most one batch is with the subscriber. A watcher that falls behind is fed from the stream again
 * until it has caught up; one that takes nothing at all meanwhile is ended, never thinned.
 */
final class WatchFeed extends AbstractBehavior<WatchFeed.Message> {
  private final Opening opening;
  private final WatchBacklog backlog;
  private final WatchOutput output;

  /** The map's state after the last event that the feed was told. */
  private MapState latest;

  private @Nullable WatchHistory history;
  private @Nullable Walk present;
  private boolean fetching;
  private boolean watched;
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

  /** An event that was made durable after the feed's state, and the map's state with it. */
  record Committed(MapEvent event, MapState state) implements Message {}

  /** A signal of the subscriber. */
  record Signalled(WatchSignal signal) implements Message {}

  private record HistoryRead(EventEnvelope event) implements Message {}

  private record HistoryOver() implements Message {}

  private record HistoryFailed(Throwable failure) implements Message {}

  private record PresentPage(@Nullable Page page, @Nullable Throwable failure) implements Message {}

  /** The subscriber has had its time to take the batch with this number. */
  private record PatienceOver(long sent) implements Message {}

  static Behavior<Message> create(Opening opening) {
    return Behaviors.setup(context -> new WatchFeed(context, opening));
  }

  private WatchFeed(ActorContext<Message> context, Opening opening) {
    super(context);
    long seq = opening.state().seq();
    this.opening = opening;
    this.latest = opening.state();
    this.backlog = new WatchBacklog(opening.settings(), opening.prefix());
    this.output =
        new WatchOutput(
            opening.watchId(), opening.subscriber(), opening.since() < 0 ? seq : opening.since());
    context.watch(opening.subscriber());
    ActorRef<WatchSignal> signals = context.messageAdapter(WatchSignal.class, Signalled::new);
    opening.subscriber().tell(new WatchReply.Started(opening.watchId(), seq, signals));
    start(seq);
  }

  private void start(long seq) {
    if (opening.since() > seq) {
      reset();
      advance();
    } else if (opening.since() >= 0 && opening.since() < seq) {
      long next = opening.since() + 1;
      readHistory(new Place(opening.state().marks().ordinalBefore(next), next));
    }
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::on)
        .onSignal(Terminated.class, _ -> finish())
        .onSignal(PostStop.class, _ -> stopped())
        .build();
  }

  private Behavior<Message> on(Message message) {
    return switch (message) {
      case Committed committed -> committed(committed);
      case Signalled signalled -> signalled(signalled.signal());
      case HistoryRead read -> historyRead((MapEvent) read.event().event());
      case HistoryOver _ -> historyOver();
      case HistoryFailed failed -> historyFailed(failed.failure());
      case PresentPage page -> presentPage(page);
      case PatienceOver over -> patienceOver(over.sent());
    };
  }

  private Behavior<Message> committed(Committed committed) {
    latest = committed.state();
    backlog.add(latest.ordinal(), committed.event());
    advance();
    return this;
  }

  private Behavior<Message> signalled(WatchSignal signal) {
    return switch (signal) {
      case STOP -> finish();
      case READY -> {
        output.taken();
        advance();
        yield this;
      }
    };
  }

  /** Goes on with whatever comes next, and sees whether the subscriber takes it. */
  private void advance() {
    proceed();
    watchSubscriber();
  }

  private void proceed() {
    if (fetching || !output.isReady()) {
      return;
    }
    if (history != null) {
      fetch(history);
    } else if (present != null) {
      walkPresent(present);
    } else {
      goOn(backlog.takeMissed());
    }
  }

  private void goOn(@Nullable Place missed) {
    if (missed == null) {
      drainBacklog();
    } else {
      readHistory(missed);
    }
  }

  private void drainBacklog() {
    while (output.isReady()) {
      List<Change> changes = backlog.poll();
      if (changes.isEmpty()) {
        output.send();
        return;
      }
      changes.forEach(output::add);
      output.sendWhenFull();
    }
  }

  /** Reads back from this place to where the map is now. */
  private void readHistory(Place from) {
    history =
        new WatchHistory(
            getContext().getSystem(), opening.settings(), opening.pages().stream(), from, latest);
    advance();
  }

  private void fetch(WatchHistory stretch) {
    fetching = true;
    getContext().pipeToSelf(stretch.next(), WatchFeed::pulled);
  }

  private static Message pulled(Optional<EventEnvelope> event, @Nullable Throwable failure) {
    if (failure != null) {
      return new HistoryFailed(failure);
    }
    return event.<Message>map(HistoryRead::new).orElseGet(HistoryOver::new);
  }

  private Behavior<Message> historyRead(MapEvent event) {
    fetching = false;
    if (history != null && history.follows(event)) {
      Changes.of(event, opening.prefix(), output.delivered(), output::add);
      output.sendWhenFull();
    } else {
      reset();
    }
    advance();
    return this;
  }

  private Behavior<Message> historyOver() {
    fetching = false;
    boolean whole = history != null && history.isWhole();
    history = null;
    if (whole) {
      output.send();
    } else {
      reset();
    }
    advance();
    return this;
  }

  private Behavior<Message> historyFailed(Throwable failure) {
    getContext().getLog().warn("cannot read the history of a watch", failure);
    return end(Reason.STOPPED);
  }

  /** What the watcher needs is gone: it starts again from the entries as they are now. */
  private void reset() {
    cancelHistory();
    backlog.clear();
    output.reset(latest.seq());
    long now = Math.max(opening.now(), latest.at());
    present = new Walk(latest, opening.prefix(), null, now);
  }

  private void walkPresent(Walk walk) {
    while (output.isReady()) {
      switch (walk.next()) {
        case Walk.Next next -> {
          output.entry(next.entry());
          output.sendWhenFull();
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
          output.send();
          advance();
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

  /** When more waits than there is room for, the subscriber has to take what it has in time. */
  private void watchSubscriber() {
    if (backlog.isCutOff() && !output.isReady() && !watched) {
      watched = true;
      getContext()
          .scheduleOnce(
              opening.settings().watchPatience(),
              getContext().getSelf(),
              new PatienceOver(output.sent()));
    }
  }

  private Behavior<Message> patienceOver(long sent) {
    watched = false;
    if (backlog.isCutOff() && !output.isReady() && output.sent() == sent) {
      return end(Reason.SLOW_CONSUMER);
    }
    watchSubscriber();
    return this;
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
}
