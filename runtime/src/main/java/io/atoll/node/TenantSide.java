package io.atoll.node;

import io.atoll.directory.EmbeddedDirectory;
import io.atoll.directory.EmbeddedUsageTable;
import io.atoll.journal.EmbeddedHistory;
import io.atoll.journal.EmbeddedMapJournal;
import io.atoll.journal.EmbeddedPageStore;
import io.atoll.map.MapEnvironment;
import io.atoll.map.PageCache;
import io.atoll.metrics.NodeMetrics;
import io.atoll.plan.Plans;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.StoreExtension;
import io.atoll.tenant.HotRoom;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.TenantActor;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantEnvironment;
import io.atoll.time.TimeSource;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** The inner half of a node: the tenants over the embedded store, in a cluster of their own. */
record TenantSide(
    TenantEnvironment environment,
    ActorRef<ShardingEnvelope<TenantCommand>> region,
    Readiness readiness,
    NodeMetrics metrics) {

  /** Opens the store, joins the cluster and starts the shard region. */
  static TenantSide start(ActorSystem<?> system, Settings settings) {
    EmbeddedStore store = StoreExtension.of(system.classicSystem());
    TenantEnvironment environment = environment(system, store, settings);
    NodeMetrics metrics = new NodeMetrics(settings.metrics());
    store.onCommit(metrics);
    metrics.hotTenants(environment.hotTenants()::size);
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var region = TenantActor.init(system, environment);
    Probe probe = new Probe(system, region, store, settings.node().readyTimeout());
    Readiness readiness = new Readiness(probe::ask, settings.node().readyTimeout());
    return new TenantSide(environment, region, readiness, metrics);
  }

  private static TenantEnvironment environment(
      ActorSystem<?> system, EmbeddedStore store, Settings settings) {
    EmbeddedHistory history = new EmbeddedHistory(store);
    MapEnvironment maps =
        new MapEnvironment(
            settings.map(),
            TimeSource.system(),
            new EmbeddedPageStore(store),
            new PageCache(settings.map().pageCacheBytes()),
            history,
            Optional.of(new EmbeddedMapJournal(system, store, TimeSource.system())));
    return new TenantEnvironment(
        settings.tenant(),
        settings.ledger(),
        maps,
        Plans::builtIn,
        new EmbeddedDirectory(store),
        new EmbeddedUsageTable(store),
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
