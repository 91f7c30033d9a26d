package io.atoll.reload;

import io.atoll.http.Configuration.Memory;
import io.atoll.http.Configuration.Reload;
import io.atoll.http.Configuration.Reloaded;
import io.atoll.http.EdgeMemory;
import io.atoll.reload.ConfigurationSource.Loaded;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's plans and configuration up to date: when it is told to, and by looking now and
 * then, so that whatever it was not told reaches it all the same. It blocks.
 */
final class ReloadAgent extends AbstractBehavior<ReloadCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadAgent.class);

  private final NodeParts parts;
  private boolean failing;

  /**
   * What of its node the agent needs.
   *
   * @param node the name of the node
   * @param memory what the node's edge remembers
   */
  record NodeParts(
      String node,
      NodePlans plans,
      NodeFile file,
      Supplier<EdgeMemory> memory,
      ReloadSettings settings) {}

  static Behavior<ReloadCommand> create(NodeParts parts) {
    Behavior<ReloadCommand> agent =
        Behaviors.withTimers(
            timers -> Behaviors.setup(context -> new ReloadAgent(context, timers, parts)));
    return Behaviors.supervise(agent).onFailure(SupervisorStrategy.restart());
  }

  private ReloadAgent(
      ActorContext<ReloadCommand> context, TimerScheduler<ReloadCommand> timers, NodeParts parts) {
    super(context);
    this.parts = parts;
    timers.startTimerWithFixedDelay(
        new ReloadCommand.LookAtPlans(), parts.settings().plansInterval());
    timers.startTimerWithFixedDelay(
        new ReloadCommand.LookAtFile(), parts.settings().fileInterval());
    context.getSelf().tell(new ReloadCommand.LookAtPlans());
  }

  @Override
  public Receive<ReloadCommand> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::on).build();
  }

  private Behavior<ReloadCommand> on(ReloadCommand command) {
    switch (command) {
      case ReloadCommand.PlansStored stored -> refresh(stored.replyTo(), done(List.of()));
      case ReloadCommand.ReadAgain again -> readAgain(again);
      case ReloadCommand.LookAtPlans look -> look();
      case ReloadCommand.Looked looked -> looked(looked.failure());
      case ReloadCommand.LookAtFile look -> parts.file().look();
    }
    return this;
  }

  private void readAgain(ReloadCommand.ReadAgain command) {
    Reload scope = command.scope();
    forget(scope.memory());
    if (!scope.plans()) {
      command.replyTo().tell(new ReloadReply(done(List.of())));
      return;
    }
    Reloaded ofFile =
        switch (parts.file().readAgain()) {
          case Loaded.Right right -> done(right.needRestart());
          case Loaded.Wrong wrong -> failed(wrong.reason());
        };
    refresh(command.replyTo(), ofFile);
  }

  private void forget(Memory memory) {
    switch (memory) {
      case Memory.OfAll all -> parts.memory().get().forgetAll();
      case Memory.OfTenant(var tenantId) -> parts.memory().get().forget(tenantId);
      case Memory.OfNobody nobody -> {}
    }
  }

  /** Reads the stored plans and answers with what came before, unless that fails. */
  private void refresh(ActorRef<ReloadReply> replyTo, Reloaded before) {
    parts
        .plans()
        .refresh()
        .whenComplete((done, failure) ->
            replyTo.tell(
                new ReloadReply(
                    failure == null || before.error() != null
                        ? before
                        : failed("the stored plans cannot be read: " + text(failure)))));
  }

  private void look() {
    ActorRef<ReloadCommand> self = getContext().getSelf();
    parts
        .plans()
        .refresh()
        .whenComplete((done, failure) -> self.tell(new ReloadCommand.Looked(failure)));
  }

  /** A store that is down is told of once. */
  private void looked(@Nullable Throwable failure) {
    if (failure != null && !failing) {
      LOG.warn("the stored plans cannot be read, the known ones stay: {}", text(failure));
    }
    failing = failure != null;
  }

  private Reloaded done(List<String> needRestart) {
    return new Reloaded(parts.node(), Reloaded.DONE, null, needRestart);
  }

  private Reloaded failed(String error) {
    return new Reloaded(parts.node(), Reloaded.FAILED, error, List.of());
  }

  private static String text(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return String.valueOf(cause);
  }
}
