package io.atoll.node;

import io.atoll.cluster.ClusterSettings;
import io.atoll.cluster.Membership;
import io.atoll.map.History;
import io.atoll.map.MapEnvironment;
import io.atoll.map.PageCache;
import io.atoll.map.StoreState;
import io.atoll.metrics.NodeMetrics;
import io.atoll.placement.NodeGauges;
import io.atoll.placement.Placement;
import io.atoll.placement.Tenure;
import io.atoll.placement.ThisNode;
import io.atoll.plan.PlanBook;
import io.atoll.reload.NodePlans;
import io.atoll.tenant.HotRoom;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.Rehearsal;
import io.atoll.tenant.TenantActor;
import io.atoll.tenant.TenantDoors;
import io.atoll.tenant.TenantEnvironment;
import io.atoll.tenant.TenantPost;
import io.atoll.time.TimeSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * The inner half of a node: the tenants over their store, in a cluster of their own or in one with
 * other nodes.
 */
record TenantSide(
    TenantEnvironment environment,
    NodePlans plans,
    TenantPost tenants,
    Optional<Placement> placement,
    Optional<Membership> membership,
    io.atoll.http.Cluster cluster,
    Readiness readiness,
    NodeMetrics metrics) {

  /** What both kinds of nodes are made of. */
  private record Parts(
      Settings settings,
      Stores stores,
      Tenure tenure,
      TenantEnvironment environment,
      NodePlans plans,
      NodeMetrics metrics,
      NodeGauges gauges) {}

  /** Opens the store, joins the cluster and starts the shard region. */
  static TenantSide start(ActorSystem<?> system, Settings settings, Path data, ThisNode self) {
    Stores stores = settings.store().open(system);
    PlanBook book = new PlanBook();
    Tenure tenure = new Tenure(settings.cluster().confirmation(), System::nanoTime);
    TenantEnvironment environment = environment(stores, settings, book, tenure);
    HotTenants hot = environment.hotTenants();
    NodePlans plans = NodePlans.open(book, stores.plans(), settings.plans(), hot);
    NodeMetrics metrics = new NodeMetrics(settings.metrics());
    stores.measuredBy(metrics);
    metrics.hotTenants(hot::size);
    NodeGauges gauges =
        NodeGauges.sampled(
            system,
            Version.current(),
            hot::size,
            new NodeGauges.Counts(metrics::operations, metrics::commits, metrics::commitNanos),
            DiskUse.sampled(system, data)::bytes);
    Parts parts = new Parts(settings, stores, tenure, environment, plans, metrics, gauges);
    return settings.cluster().isAlone()
        ? alone(system, parts, self)
        : amongOthers(system, parts, self);
  }

  /** The actors without which a node of several must not go on. */
  List<ActorRef<?>> vitalActors() {
    List<ActorRef<?>> actors = new ArrayList<>();
    placement.ifPresent(part -> actors.add(part.agent()));
    membership.ifPresent(part -> actors.add(part.agent()));
    return actors;
  }

  private static TenantSide alone(ActorSystem<?> system, Parts parts, ThisNode self) {
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var region = TenantActor.init(system, parts.environment);
    return new TenantSide(
        parts.environment,
        parts.plans,
        TenantDoors.open(system, region, tenantId -> true),
        Optional.empty(),
        Optional.empty(),
        new ClusterOfOne(system, parts.environment.hotTenants(), parts.gauges, self),
        readiness(system, parts.settings, parts.stores, region, () -> true),
        parts.metrics);
  }

  private static TenantSide amongOthers(ActorSystem<?> system, Parts parts, ThisNode self) {
    ClusterSettings settings = parts.settings.cluster();
    Rehearsal.run(system, parts.environment, settings.address(), settings.rehearsal());
    Placement placement =
        Placement.start(
            system,
            parts.environment,
            parts.stores.placements().orElseThrow(),
            parts.tenure,
            parts.gauges,
            self);
    placement.rehearse(settings.rehearsal());
    Membership membership =
        Membership.begin(system, settings, parts.stores.formations().orElseThrow());
    return new TenantSide(
        parts.environment,
        parts.plans,
        placement.post(),
        Optional.of(placement),
        Optional.of(membership),
        placement.cluster(),
        readiness(system, parts.settings, parts.stores, placement.region(), membership::hasBegun),
        parts.metrics);
  }

  private static Readiness readiness(
      ActorSystem<?> system,
      Settings settings,
      Stores stores,
      ActorRef<?> region,
      BooleanSupplier member) {
    Probe probe = new Probe(system, region, member, stores::ready, settings.node().readyTimeout());
    return new Readiness(probe::ask, settings.node().readyTimeout());
  }

  private static TenantEnvironment environment(
      Stores stores, Settings settings, PlanBook plans, Tenure tenure) {
    History history = stores.history();
    MapEnvironment maps =
        new MapEnvironment(
            settings.map(),
            TimeSource.system(),
            stores.pages(),
            new PageCache(settings.map().pageCacheBytes()),
            history,
            stores.mapJournal(),
            settings.cluster().isAlone() ? stores::state : () -> state(stores, tenure));
    return new TenantEnvironment(
        settings.tenant(),
        settings.ledger(),
        maps,
        plans,
        stores.directory(),
        stores.usage(),
        history,
        new HotTenants(hotRoom(settings)),
        TimeSource.system(),
        new SecureRandom());
  }

  /** What the store holds may be another node's by now, however well it answers. */
  private static StoreState state(Stores stores, Tenure tenure) {
    return tenure.isHeld() ? stores.state() : StoreState.LOST;
  }

  private static HotRoom hotRoom(Settings settings) {
    double share = settings.tenant().hotMemoryShare();
    return new HotRoom((long) (share * Runtime.getRuntime().maxMemory()), System::nanoTime);
  }
}
