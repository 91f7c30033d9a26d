package io.atoll.http.route;

import io.atoll.map.WatchReply;
import io.atoll.map.WatchSignal;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
 * the last changes, and tells it to stop when the connection is gone.
 */
final class WatchFeeder extends AbstractBehavior<WatchFeeder.Message> {
  private static final Refusal SILENT =
      Refusal.of(ErrorCode.UNAVAILABLE, "the tenant did not answer in time");

  private static final Refusal STOPPED =
      Refusal.of(ErrorCode.UNAVAILABLE, "the map cannot be watched now");

  private final SourceQueueWithComplete<ByteString> queue;
  private final CompletableFuture<Optional<Refusal>> begun;
  private @Nullable ActorRef<WatchSignal> feed;

  /** What the feeder is told. */
  sealed interface Message {
    record Told(WatchReply reply) implements Message {}

    /** The client's connection took the last changes. */
    record Taken() implements Message {}

    /** The client's connection is gone. */
    record Gone() implements Message {}

    /** The map has had time enough to begin. */
    record TooLate() implements Message {}
  }

  /**
   * Subscribes with what {@code subscribe} does. {@code begun} becomes empty when the watch holds,
   * or says why it does not.
   */
  static Behavior<Message> create(
      SourceQueueWithComplete<ByteString> queue,
      CompletableFuture<Optional<Refusal>> begun,
      Consumer<ActorRef<WatchReply>> subscribe,
      Duration patience) {
    return Behaviors.setup(context -> {
      context.scheduleOnce(patience, context.getSelf(), new Message.TooLate());
      subscribe.accept(context.messageAdapter(WatchReply.class, Message.Told::new));
      return new WatchFeeder(context, queue, begun);
    });
  }

  private WatchFeeder(
      ActorContext<Message> context,
      SourceQueueWithComplete<ByteString> queue,
      CompletableFuture<Optional<Refusal>> begun) {
    super(context);
    this.queue = queue;
    this.begun = begun;
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
      case Message.Gone() -> Behaviors.stopped();
      case Message.TooLate() -> tooLate();
    };
  }

  private Behavior<Message> begin(WatchReply.Started started) {
    feed = started.feed();
    begun.complete(Optional.empty());
    return this;
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
    queue.complete();
    return signal(WatchSignal.STOP);
  }
}
