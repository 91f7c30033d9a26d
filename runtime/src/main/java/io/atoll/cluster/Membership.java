package io.atoll.cluster;

import io.atoll.formation.FormationStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** A node's membership in the one cluster over its store. Thread-safe. */
public final class Membership {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final ActorRef<MembershipCommand> agent;
  private final CompletableFuture<Done> begun;

  private Membership(
      ActorSystem<?> system, ActorRef<MembershipCommand> agent, CompletableFuture<Done> begun) {
    this.system = system;
    this.agent = agent;
    this.begun = begun;
  }

  /** Begins to join the nodes of the settings, or those that the store knows. */
  public static Membership begin(
      ActorSystem<?> system, ClusterSettings settings, FormationStore store) {
    CompletableFuture<Done> begun = new CompletableFuture<>();
    List<String> seeds = settings.seeds().stream().map(Seed::name).toList();
    ActorRef<MembershipCommand> agent =
        system.systemActorOf(
            MembershipAgent.create(seeds, store, begun), "atoll-membership", Props.empty());
    return new Membership(system, agent, begun);
  }

  /** By which the node says that it is alive; it never ends by itself. */
  public ActorRef<?> agent() {
    return agent;
  }

  /** Whether the node is a member, and it is known of which cluster. */
  public boolean hasBegun() {
    return begun.isDone();
  }

  /** The node has left: nobody waits for it any more. */
  public CompletionStage<Done> end() {
    return AskPattern.ask(agent, MembershipCommand.End::new, PATIENCE, system.scheduler());
  }
}
