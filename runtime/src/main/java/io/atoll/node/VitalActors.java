package io.atoll.node;

import java.util.List;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the node when one of the actors has ended by which it takes part in its cluster. Such an
 * actor ends by a fault only; without it the node would serve on, but nothing could move in the
 * whole cluster, or the others would take the node for one that is gone.
 */
final class VitalActors {
  private static final Logger LOG = LoggerFactory.getLogger(VitalActors.class);

  /** Why the node ends. */
  private static final class Lost implements CoordinatedShutdown.Reason {
    @Override
    public String toString() {
      return "an actor of the node was lost";
    }
  }

  private static final CoordinatedShutdown.Reason LOST = new Lost();

  private VitalActors() {}

  /** From now on the node ends with the first of these. */
  static void watch(ActorSystem<?> system, List<ActorRef<?>> actors) {
    system.systemActorOf(watcher(actors), "atoll-vital-actors", Props.empty());
  }

  private static Behavior<Void> watcher(List<ActorRef<?>> actors) {
    return Behaviors.setup(context -> {
      actors.forEach(context::watch);
      return Behaviors.receive(Void.class)
          .onSignal(
              Terminated.class,
              ended -> {
                end(context.getSystem(), ended.getRef());
                return Behaviors.stopped();
              })
          .build();
    });
  }

  /** All actors end with their system, too. */
  private static void end(ActorSystem<?> system, ActorRef<?> actor) {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    if (shutdown.getShutdownReason().isEmpty()) {
      LOG.error("this node ends: {} has failed", actor.path());
      shutdown.runAll(LOST);
    }
  }

  /** Whether that is why the node ends. */
  static boolean wereLost(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system).getShutdownReason().filter(LOST::equals).isPresent();
  }
}
