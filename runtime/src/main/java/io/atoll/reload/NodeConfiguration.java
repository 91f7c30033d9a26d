package io.atoll.reload;

import io.atoll.http.Configuration;
import io.atoll.http.EdgeMemory;
import io.atoll.plan.Plan;
import io.atoll.plan.PlanBook;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** A node's configuration as far as it changes while the node runs. Thread-safe. */
public final class NodeConfiguration implements Configuration {
  /** A change waits for so long for the other nodes to have it. */
  private static final Duration NOTICE_PATIENCE = Duration.ofSeconds(2);

  private static final Duration RELOAD_PATIENCE = Duration.ofSeconds(10);

  private final NodePlans plans;
  private final ReloadAgents agents;
  private volatile EdgeMemory memory = EdgeMemory.NONE;

  private NodeConfiguration(NodePlans plans, ReloadAgents agents) {
    this.plans = plans;
    this.agents = agents;
  }

  /** Starts the node's agent. */
  public static NodeConfiguration start(
      ActorSystem<?> system, NodePlans plans, ConfigurationSource source, ReloadSettings settings) {
    ReloadAgents agents = new ReloadAgents(system);
    NodeConfiguration configuration = new NodeConfiguration(plans, agents);
    var parts =
        new ReloadAgent.NodeParts(
            agents.self(),
            plans,
            new NodeFile(source, plans),
            () -> configuration.memory,
            settings);
    system.systemActorOf(
        ReloadAgent.create(parts), ReloadAgents.NAME, DispatcherSelector.blocking());
    return configuration;
  }

  /** The node's edge is there, and remembers. */
  public void serves(EdgeMemory edge) {
    memory = edge;
  }

  @Override
  public PlanBook plans() {
    return plans.book();
  }

  @Override
  public CompletionStage<PlanChange> keep(Plan plan, long condition) {
    return plans.keep(plan, condition).thenCompose(this::told);
  }

  /** A node that is not told now looks by itself before long. */
  private CompletionStage<PlanChange> told(PlanChange change) {
    return switch (change) {
      case PlanChange.Kept kept ->
          agents
              .askOthers(
                  replyTo -> new ReloadCommand.PlansStored(kept.plan().version(), replyTo),
                  NOTICE_PATIENCE)
              .thenApply(answers -> kept);
      case PlanChange.Mismatch mismatch -> CompletableFuture.completedFuture(mismatch);
      case PlanChange.Contended contended -> CompletableFuture.completedFuture(contended);
    };
  }

  @Override
  public CompletionStage<List<Reloaded>> reload(Reload scope) {
    return agents.askAll(replyTo -> new ReloadCommand.ReadAgain(scope, replyTo), RELOAD_PATIENCE);
  }
}
