package io.atoll.placement;

import io.atoll.http.Cluster;
import io.atoll.store.FirstReading;
import io.atoll.tenant.HoldingPost;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.PlacementStore;
import io.atoll.tenant.Placements;
import io.atoll.tenant.TenantActor;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantDoors;
import io.atoll.tenant.TenantEnvironment;
import io.atoll.tenant.TenantPost;
import io.atoll.tenant.TenantQuestions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/** A node's part in the placement of cells, on a node of several. Thread-safe. */
public final class Placement {
  /** That of the cluster's own actors: what a node must hear in time does not wait for tenants. */
  private static final String DISPATCHER = "pekko.actor.internal-dispatcher";

  private static final Duration START_BOUND = Duration.ofSeconds(60);
  private static final Duration FORGET = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final ActorRef<ShardingEnvelope<TenantCommand>> region;
  private final TenantPost post;
  private final Cluster cluster;
  private final ActorRef<PlacementCommand> agent;

  private Placement(
      ActorSystem<?> system,
      ActorRef<ShardingEnvelope<TenantCommand>> region,
      TenantPost post,
      Cluster cluster,
      ActorRef<PlacementCommand> agent) {
    this.system = system;
    this.region = region;
    this.post = post;
    this.cluster = cluster;
    this.agent = agent;
  }

  /**
   * Starts the tenants' sharding and the node's agent. Blocks until it is known which cells tenants
   * were given: a node that serves before looks for them elsewhere. The agent renews the tenure.
   */
  public static Placement start(
      ActorSystem<?> system,
      TenantEnvironment environment,
      PlacementStore store,
      Tenure tenure,
      NodeGauges gauges,
      ThisNode self) {
    Agents agents = new Agents(system);
    LeavingNodes leaving = new LeavingNodes(System::nanoTime);
    Placements placements = new Placements();
    FirstReading.await(store::cells, START_BOUND).byTenant().forEach(placements::give);
    CellMap cells = new CellMap();
    var region =
        TenantActor.init(
            system,
            environment,
            placements,
            new CellAllocation(agents, leaving, cells, environment.time()));
    HotTenants hot = environment.hotTenants();
    HoldingPost post =
        post(system, new HoldingPost(TenantDoors.open(system, region, hot::contains), placements));
    NodeFigures figures =
        new NodeFigures(
            agents.self(),
            roles(system),
            new LocalCells(region),
            CellUse.sampled(system, hot, placements),
            gauges,
            self);
    ActorRef<PlacementCommand> agent =
        system.systemActorOf(
            PlacementAgent.create(
                new PlacementAgent.NodeParts(
                    agents, post, placements, store, cells, leaving, hot, tenure, figures, self)),
            Agents.NAME,
            DispatcherSelector.fromConfig(DISPATCHER));
    TenantQuestions questions = TenantQuestions.by(post, system);
    MigrationEnds ends =
        new MigrationEnds(store, MigrationEnds.by(questions), agents::later, environment.time());
    TenantMover mover = new TenantMover(system, region, agents, store, ends, environment.time());
    LostMigrations migrations = new LostMigrations(store, ends, environment.time());
    Cluster cluster =
        new ClusterOfNodes(
            agents, placements, cells, migrations, leaving, mover, questions, environment);
    return new Placement(system, region, post, cluster, agent);
  }

  private static HoldingPost post(ActorSystem<?> system, HoldingPost post) {
    system
        .scheduler()
        .scheduleWithFixedDelay(FORGET, FORGET, post::forget, system.executionContext());
    return post;
  }

  private static List<String> roles(ActorSystem<?> system) {
    return org.apache.pekko.cluster.typed.Cluster.get(system).selfMember().getRoles().stream()
        .sorted()
        .toList();
  }

  /** Where the sharding takes commands. */
  public ActorRef<ShardingEnvelope<TenantCommand>> region() {
    return region;
  }

  /** By which the node takes part in moves; it never ends by itself. */
  public ActorRef<?> agent() {
    return agent;
  }

  /** The way to the tenants of the whole cluster. */
  public TenantPost post() {
    return post;
  }

  /** The nodes and what is where. */
  public Cluster cluster() {
    return cluster;
  }

  /** Goes through moves before this node is a member, for so long at most; blocks meanwhile. */
  public void rehearse(Duration longest) {
    MoveRehearsal.run(system, agent, longest);
  }

  /** Has the other nodes take the cells of this one; done when it has none, or time is over. */
  public CompletionStage<Done> leave(Duration patience) {
    CompletableFuture<Done> gone = new CompletableFuture<>();
    agent.tell(new PlacementCommand.Leave(gone));
    return gone.completeOnTimeout(Done.getInstance(), patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
