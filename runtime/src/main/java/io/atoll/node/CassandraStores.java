package io.atoll.node;

import io.atoll.cassandra.CassandraDirectory;
import io.atoll.cassandra.CassandraExtension;
import io.atoll.cassandra.CassandraFormationStore;
import io.atoll.cassandra.CassandraHistory;
import io.atoll.cassandra.CassandraPageStore;
import io.atoll.cassandra.CassandraPlacementStore;
import io.atoll.cassandra.CassandraPlanStore;
import io.atoll.cassandra.CassandraSession;
import io.atoll.cassandra.CassandraUsageTable;
import io.atoll.formation.FormationStore;
import io.atoll.map.History;
import io.atoll.map.MapJournal;
import io.atoll.map.PageStore;
import io.atoll.map.StoreState;
import io.atoll.metrics.NodeMetrics;
import io.atoll.plan.PlanStore;
import io.atoll.tenant.Directory;
import io.atoll.tenant.PlacementStore;
import io.atoll.time.TimeSource;
import io.atoll.usage.UsageTable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** Everything in Cassandra. */
final class CassandraStores implements Stores {
  private final CassandraSession session;

  CassandraStores(ActorSystem<?> system) {
    this.session = CassandraExtension.of(system.classicSystem());
  }

  @Override
  public PageStore pages() {
    return new CassandraPageStore(session);
  }

  @Override
  public History history() {
    return new CassandraHistory(session);
  }

  @Override
  public Optional<MapJournal> mapJournal() {
    return Optional.empty();
  }

  @Override
  public Directory directory() {
    return new CassandraDirectory(session);
  }

  @Override
  public UsageTable usage() {
    return new CassandraUsageTable(session);
  }

  @Override
  public PlanStore plans() {
    return new CassandraPlanStore(session);
  }

  @Override
  public Optional<PlacementStore> placements() {
    return Optional.of(new CassandraPlacementStore(session, TimeSource.system()::epochMillis));
  }

  @Override
  public Optional<FormationStore> formations() {
    return Optional.of(new CassandraFormationStore(session));
  }

  /** It commits elsewhere: there is nothing to tell. */
  @Override
  public StoreState state() {
    return session.state();
  }

  @Override
  public void measuredBy(NodeMetrics metrics) {
    session.onCommit(metrics);
  }

  @Override
  public CompletionStage<?> ready() {
    return session.ping();
  }
}
