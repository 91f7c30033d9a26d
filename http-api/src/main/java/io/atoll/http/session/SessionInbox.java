package io.atoll.http.session;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ActorRefProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import scala.runtime.BoxedUnit;

/**
 * A session's address in the actor system. It has no mailbox and no dispatcher of its own: what is
 * told to it waits in a queue that the session's own thread empties, many messages at a time. Other
 * actors can watch it; it ends with the session.
 */
final class SessionInbox {
  private static final int MESSAGES_AT_A_TIME = 1_000;

  private final ConcurrentLinkedQueue<Object> messages = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Executor executor;
  private final Consumer<Object> receiver;
  private final Runnable afterwards;
  private final ActorRefProvider provider;
  private final ActorPath path;
  private final FunctionRef address;
  private final Runnable yielding = this::yieldOnce;
  private final Runnable draining = this::drain;

  /** The receiver gets each message on the executor, {@code afterwards} runs after some of them. */
  SessionInbox(
      ActorSystem<?> system, Executor executor, Consumer<Object> receiver, Runnable afterwards) {
    this.executor = executor;
    this.receiver = receiver;
    this.afterwards = afterwards;
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    this.provider = classic.provider();
    this.path = provider.tempPath("session");
    this.address = new FunctionRef(path, provider, classic, (_, message) -> told(message));
    provider.registerTempActor(address, path);
  }

  /** The address, for messages of any type that the receiver knows. */
  <T> ActorRef<T> ref() {
    return Adapter.toTyped(address);
  }

  /** Has the receiver told {@link org.apache.pekko.actor.Terminated} when the actor ends. */
  void watch(ActorRef<?> actor) {
    address.watch(Adapter.toClassic(actor));
  }

  void unwatch(ActorRef<?> actor) {
    address.unwatch(Adapter.toClassic(actor));
  }

  /** Gives the address up; those who watch it are told. */
  void stop() {
    provider.unregisterTempActor(path);
    address.stop();
    messages.clear();
  }

  private BoxedUnit told(Object message) {
    messages.add(message);
    schedule();
    return BoxedUnit.UNIT;
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(yielding);
    }
  }

  /** Lets what the thread has to do already go first: more messages gather, for one answer. */
  private void yieldOnce() {
    executor.execute(draining);
  }

  private void drain() {
    scheduled.set(false);
    for (int count = 0; count < MESSAGES_AT_A_TIME; count++) {
      Object message = messages.poll();
      if (message == null) {
        break;
      }
      receiver.accept(message);
    }
    afterwards.run();
    if (!messages.isEmpty()) {
      schedule();
    }
  }
}
