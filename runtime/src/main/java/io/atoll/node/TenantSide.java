package io.atoll.node;

import io.atoll.map.History;
import io.atoll.map.MapEnvironment;
import io.atoll.map.PageCache;
import io.atoll.metrics.NodeMetrics;
import io.atoll.placement.Placement;
import io.atoll.placement.ThisNode;
import io.atoll.plan.Plans;
import io.atoll.tenant.HotRoom;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.TenantActor;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantDoors;
import io.atoll.tenant.TenantEnvironment;
import io.atoll.tenant.TenantPost;
import io.atoll.time.TimeSource;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * The inner half of a node: the tenants over their store, in a cluster of their own or in one with
 * other nodes.
 */
record TenantSide(
    TenantEnvironment environment,
    ActorRef<ShardingEnvelope<TenantCommand>> region,
    TenantPost tenants,
    Optional<Placement> placement,
    io.atoll.http.Cluster cluster,
    Readiness readiness,
    NodeMetrics metrics) {

  /** Opens the store, joins the cluster and starts the shard region. */
  static TenantSide start(ActorSystem<?> system, Settings settings, ThisNode self) {
    Stores stores = settings.store().open(system);
    TenantEnvironment environment = environment(stores, settings);
    NodeMetrics metrics = new NodeMetrics(settings.metrics());
    stores.measuredBy(metrics);
    metrics.hotTenants(environment.hotTenants()::size);
    return settings.cluster().isAlone()
        ? alone(system, settings, stores, environment, metrics, self)
        : amongOthers(system, settings, stores, environment, metrics, self);
  }

  private static TenantSide alone(
      ActorSystem<?> system,
      Settings settings,
      Stores stores,
      TenantEnvironment environment,
      NodeMetrics metrics,
      ThisNode self) {
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var region = TenantActor.init(system, environment);
    TenantPost doors = TenantDoors.open(system, region, tenantId -> true);
    Readiness readiness = readiness(system, settings, stores, region);
    ClusterOfOne itself = new ClusterOfOne(system, environment.hotTenants(), metrics, self);
    return new TenantSide(environment, region, doors, Optional.empty(), itself, readiness, metrics);
  }

  /** Pekko joins the seeds by itself. */
  private static TenantSide amongOthers(
      ActorSystem<?> system,
      Settings settings,
      Stores stores,
      TenantEnvironment environment,
      NodeMetrics metrics,
      ThisNode self) {
    Placement placement =
        Placement.start(
            system,
            environment,
            stores.placements().orElseThrow(),
            Version.current(),
            metrics::operations,
            self);
    Readiness readiness = readiness(system, settings, stores, placement.region());
    return new TenantSide(
        environment,
        placement.region(),
        placement.post(),
        Optional.of(placement),
        placement.cluster(),
        readiness,
        metrics);
  }

  private static Readiness readiness(
      ActorSystem<?> system, Settings settings, Stores stores, ActorRef<?> region) {
    Probe probe = new Probe(system, region, stores, settings.node().readyTimeout());
    return new Readiness(probe::ask, settings.node().readyTimeout());
  }

  private static TenantEnvironment environment(Stores stores, Settings settings) {
    History history = stores.history();
    MapEnvironment maps =
        new MapEnvironment(
            settings.map(),
            TimeSource.system(),
            stores.pages(),
            new PageCache(settings.map().pageCacheBytes()),
            history,
            stores.mapJournal(),
            stores::state);
    return new TenantEnvironment(
        settings.tenant(),
        settings.ledger(),
        maps,
        Plans::builtIn,
        stores.directory(),
        stores.usage(),
        history,
        new HotTenants(hotRoom(settings)),
        TimeSource.system(),
        new SecureRandom());
  }

  private static HotRoom hotRoom(Settings settings) {
    double share = settings.tenant().hotMemoryShare();
    return new HotRoom((long) (share * Runtime.getRuntime().maxMemory()), System::nanoTime);
  }
}
