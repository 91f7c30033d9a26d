package io.atoll.journal;

import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * A persistent actor for tests: its state is its words in order. A snapshot follows each word that
 * begins with {@code snap}.
 */
public final class Recorder extends EventSourcedBehavior<Recorder.Command, String, String> {
  /** What it is told. */
  public sealed interface Command {}

  /** Adds a word. */
  public record Add(String word, ActorRef<Done> replyTo) implements Command {}

  /** Asks for all words. */
  public record Get(ActorRef<String> replyTo) implements Command {}

  /** Ends the actor. */
  public record Stop() implements Command {}

  private Recorder(String id) {
    super(PersistenceId.ofUniqueId(id));
  }

  static Behavior<Command> create(String id) {
    return new Recorder(id);
  }

  @Override
  public String emptyState() {
    return "";
  }

  @Override
  public CommandHandler<Command, String, String> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Add.class,
            add -> Effect().persist(add.word()).thenRun(() -> add.replyTo().tell(Done.done())))
        .onCommand(Get.class, (words, get) -> Effect().reply(get.replyTo(), words))
        .onCommand(Stop.class, stop -> Effect().stop())
        .build();
  }

  @Override
  public EventHandler<String, String> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent((words, word) -> words + word + " ");
  }

  @Override
  public boolean shouldSnapshot(String words, String word, long number) {
    return word.startsWith("snap");
  }
}
