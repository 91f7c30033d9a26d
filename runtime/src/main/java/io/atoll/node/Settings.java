package io.atoll.node;

import com.typesafe.config.Config;
import io.atoll.cassandra.CassandraSettings;
import io.atoll.cluster.ClusterSettings;
import io.atoll.http.HttpSettings;
import io.atoll.http.session.SessionSettings;
import io.atoll.ledger.LedgerSettings;
import io.atoll.map.MapSettings;
import io.atoll.metrics.MetricsSettings;
import io.atoll.plan.Plan;
import io.atoll.reload.ConfiguredPlans;
import io.atoll.store.StoreSettings;
import io.atoll.tenant.TenantSettings;
import java.util.List;

/** The settings of all parts of a node, so that they are checked before any part starts. */
record Settings(
    NodeSettings node,
    MetricsSettings metrics,
    HttpSettings http,
    SessionSettings session,
    TenantSettings tenant,
    LedgerSettings ledger,
    MapSettings map,
    ClusterSettings cluster,
    StoreKind store,
    StoreSettings embedded,
    CassandraSettings cassandra,
    List<Plan> plans) {
  /** Reads the whole configuration; fails with {@code ConfigException}. */
  static Settings from(Config config) {
    HttpSettings http = HttpSettings.from(config);
    return new Settings(
        NodeSettings.from(config.getConfig("atoll.node")),
        MetricsSettings.from(config.getConfig("atoll.metrics")),
        http,
        SessionSettings.from(config, http.maxValueBytes()),
        TenantSettings.from(config),
        LedgerSettings.from(config),
        MapSettings.from(config),
        ClusterSettings.from(config),
        StoreKind.from(config),
        StoreSettings.from(config),
        CassandraSettings.from(config),
        ConfiguredPlans.from(config));
  }
}
