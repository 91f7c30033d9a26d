package io.atoll.tenant;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.ledger.LedgerSettings;
import io.atoll.map.InMemoryHistory;
import io.atoll.map.InMemoryPageStore;
import io.atoll.map.MapEnvironment;
import io.atoll.map.MapSettings;
import io.atoll.map.PageCache;
import io.atoll.map.StoreState;
import io.atoll.plan.Plans;
import io.atoll.time.TimeSource;
import io.atoll.usage.InMemoryUsageTable;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/** Everything that tenants need from outside, in memory. The clock is handed in. */
public final class TenantWorld {
  private final InMemoryDirectory directory = new InMemoryDirectory();
  private final InMemoryUsageTable usageTable = new InMemoryUsageTable();
  private final InMemoryHistory history = new InMemoryHistory();
  private final InMemoryPageStore pageStore = new InMemoryPageStore();
  private final AtomicReference<StoreState> storeState = new AtomicReference<>(StoreState.UP);
  private final HotTenants hotTenants;
  private final AtomicReference<Plans> plans = new AtomicReference<>(Plans.builtIn());
  private final AtomicReference<Runnable> onPlansRead = new AtomicReference<>(() -> {});
  private final TenantEnvironment environment;

  public TenantWorld(Config config, TimeSource time) {
    this(config, time, Long.MAX_VALUE);
  }

  /** The same with so much memory for all tenants. */
  TenantWorld(Config config, TimeSource time, long hotBytes) {
    this.hotTenants = new HotTenants(new HotRoom(hotBytes, time::nanoTime));
    MapEnvironment maps =
        new MapEnvironment(
            MapSettings.from(config),
            time,
            pageStore,
            new PageCache(1 << 20),
            history,
            Optional.empty(),
            storeState::get);
    this.environment =
        new TenantEnvironment(
            TenantSettings.from(config),
            LedgerSettings.from(config),
            maps,
            this::readPlans,
            directory,
            usageTable,
            history,
            hotTenants,
            time,
            new SecureRandom());
  }

  /** A configuration with journal, snapshots and read journal in memory. */
  public static Config config() {
    return PersistenceTestKitPlugin.getInstance()
        .config()
        .withFallback(PersistenceTestKitSnapshotPlugin.config())
        .withFallback(
            ConfigFactory.parseString(
                """
                atoll.map.read-journal = "pekko.persistence.testkit.query"
                atoll.ledger.read-journal = "pekko.persistence.testkit.query"
                atoll.ledger.flush-delay = 20 ms
                atoll.ledger.stop-timeout = 60 s
                atoll.tenant.denial-memory = 0 s
                atoll.tenant.start-timeout = 60 s
                atoll.tenant.collect-timeout = 60 s
                atoll.tenant.drain-timeout = 60 s
                atoll.tenant.notice-interval = 20 ms
                """))
        .withFallback(ConfigFactory.load());
  }

  public TenantEnvironment environment() {
    return environment;
  }

  /** From now on the store is said to be in this state. */
  void store(StoreState state) {
    storeState.set(state);
  }

  public InMemoryDirectory directory() {
    return directory;
  }

  public InMemoryUsageTable usageTable() {
    return usageTable;
  }

  public InMemoryHistory history() {
    return history;
  }

  public InMemoryPageStore pageStore() {
    return pageStore;
  }

  public HotTenants hotTenants() {
    return hotTenants;
  }

  private Plans readPlans() {
    Plans read = plans.get();
    onPlansRead.getAndSet(() -> {}).run();
    return read;
  }

  /** Runs this once, just after somebody has read the plans. */
  void onPlansRead(Runnable action) {
    onPlansRead.set(action);
  }

  /** Replaces the plans, as a reload would. */
  public void plans(Plans newPlans) {
    plans.set(newPlans);
  }
}
