package io.atoll.http.route;

import io.atoll.map.WatchReply;
import io.atoll.map.WatchSignal;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.SessionNotice;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The subscriber of one watch. It asks the map for more only when the client's connection has taken
 * the last changes, and tells it to stop when the connection is gone. The stream ends when the
 * tenant says that the caller may not go on, when the credential is over, and when the map is fed
 * no more, be it that its node is lost: the client comes back then, behind the last change it has.
 */
final class WatchFeeder extends AbstractBehavior<WatchFeeder.Message> {
  private static final Refusal SILENT =
      Refusal.of(ErrorCode.UNAVAILABLE, "the tenant did not answer in time");

  private static final Refusal STOPPED =
      Refusal.of(ErrorCode.UNAVAILABLE, "the map cannot be watched now");

  private static final long LONGEST_WAIT_MS = 60_000;

  private final SourceQueueWithComplete<ByteString> queue;
  private final CompletableFuture<Optional<Refusal>> begun;
  private final WatchLink link;
  private final LongSupplier left;
  private @Nullable ActorRef<WatchSignal> feed;
  private boolean joined;

  /** What the feeder is told. */
  sealed interface Message {
    record Told(WatchReply reply) implements Message {}

    /** The client's connection took the last changes. */
    record Taken() implements Message {}

    /** The client's connection is gone. */
    record Gone() implements Message {}

    /** The feed has ended, perhaps without a word. */
    record FeedEnded() implements Message {}

    /** The map has had time enough to begin. */
    record TooLate() implements Message {}

    /** The tenant's answer to the caller's session. */
    record Answered(TenantReply reply) implements Message {}

    /** What the tenant tells the caller's session. */
    record Noticed(SessionNotice notice) implements Message {}

    /** It is time to see whether the credential is over. */
    record LookAtExpiry() implements Message {}
  }

  /**
   * Subscribes by the link. {@code begun} becomes empty when the watch holds, or says why it does
   * not. The credential is good for as many milliseconds as {@code left} says when it is asked.
   */
  static Behavior<Message> create(
      SourceQueueWithComplete<ByteString> queue,
      CompletableFuture<Optional<Refusal>> begun,
      WatchLink link,
      LongSupplier left,
      Duration patience) {
    return Behaviors.setup(context -> {
      context.scheduleOnce(patience, context.getSelf(), new Message.TooLate());
      link.subscribe(context.messageAdapter(WatchReply.class, Message.Told::new));
      return new WatchFeeder(context, queue, begun, link, left).untilExpiry();
    });
  }

  private WatchFeeder(
      ActorContext<Message> context,
      SourceQueueWithComplete<ByteString> queue,
      CompletableFuture<Optional<Refusal>> begun,
      WatchLink link,
      LongSupplier left) {
    super(context);
    this.queue = queue;
    this.begun = begun;
    this.link = link;
    this.left = left;
    context.pipeToSelf(queue.watchCompletion(), (done, failure) -> new Message.Gone());
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::on)
        .onSignal(PostStop.class, stopped -> stop())
        .build();
  }

  private Behavior<Message> on(Message message) {
    return switch (message) {
      case Message.Told(WatchReply.Started started) -> begin(started);
      case Message.Told(WatchReply.Changes some) -> pass(some);
      case Message.Told(WatchReply.Ended end) -> end(end);
      case Message.Taken() -> signal(WatchSignal.READY);
      case Message.Gone(), Message.FeedEnded() -> Behaviors.stopped();
      case Message.TooLate() -> tooLate();
      case Message.Answered(TenantReply.Refused refused) -> dismissed();
      case Message.Answered(TenantReply other) -> this;
      case Message.Noticed(SessionNotice.End end) -> dismissed();
      case Message.Noticed(SessionNotice other) -> this;
      case Message.LookAtExpiry() -> untilExpiry();
    };
  }

  private Behavior<Message> begin(WatchReply.Started started) {
    feed = started.feed();
    getContext().watchWith(started.feed(), new Message.FeedEnded());
    joined = true;
    link.join(
        getContext().messageAdapter(SessionNotice.class, Message.Noticed::new),
        getContext().messageAdapter(TenantReply.class, Message.Answered::new));
    begun.complete(Optional.empty());
    return this;
  }

  /** The wait is short enough for a timer, and for a clock that is set meanwhile to be noticed. */
  private Behavior<Message> untilExpiry() {
    long wait = left.getAsLong();
    if (wait <= 0) {
      return Behaviors.stopped();
    }
    if (wait != Long.MAX_VALUE) {
      getContext()
          .scheduleOnce(
              Duration.ofMillis(Math.min(wait, LONGEST_WAIT_MS)),
              getContext().getSelf(),
              new Message.LookAtExpiry());
    }
    return this;
  }

  /** The tenant has let go of the caller by itself. */
  private Behavior<Message> dismissed() {
    joined = false;
    return Behaviors.stopped();
  }

  private Behavior<Message> pass(WatchReply.Changes some) {
    getContext()
        .pipeToSelf(
            queue.offer(WatchEvents.of(some.changes())),
            (taken, failure) -> failure == null ? new Message.Taken() : new Message.Gone());
    return this;
  }

  private Behavior<Message> end(WatchReply.Ended end) {
    Refusal refusal = end.refusal();
    begun.complete(Optional.of(refusal != null ? refusal : STOPPED));
    queue.complete();
    return Behaviors.stopped();
  }

  private Behavior<Message> tooLate() {
    if (feed != null) {
      return this;
    }
    begun.complete(Optional.of(SILENT));
    queue.complete();
    return Behaviors.stopped();
  }

  private Behavior<Message> signal(WatchSignal signal) {
    if (feed != null) {
      feed.tell(signal);
    }
    return this;
  }

  private Behavior<Message> stop() {
    begun.complete(Optional.of(STOPPED));
    queue.complete();
    if (joined) {
      link.leave();
    }
    return signal(WatchSignal.STOP);
  }
}
