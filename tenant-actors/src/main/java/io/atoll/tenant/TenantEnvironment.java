package io.atoll.tenant;

import io.atoll.ledger.LedgerSettings;
import io.atoll.map.History;
import io.atoll.map.MapEnvironment;
import io.atoll.map.StoreState;
import io.atoll.plan.Plans;
import io.atoll.time.TimeSource;
import io.atoll.usage.UsageTable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What every tenant of a node needs from outside. {@code random} must be a cryptographic source and
 * thread-safe, as a {@code SecureRandom} is.
 */
public record TenantEnvironment(
    TenantSettings settings,
    LedgerSettings ledgerSettings,
    MapEnvironment maps,
    Supplier<Plans> plans,
    Directory directory,
    UsageTable usageTable,
    History history,
    HotTenants hotTenants,
    TimeSource time,
    RandomGenerator random) {

  /** Whether the store does not answer: then nothing can be persisted or recovered. */
  boolean isStoreDown() {
    return maps.store().get().isDown();
  }

  /** Whether what is in memory may be superseded by another node's, so that it is not read. */
  boolean isStoreLost() {
    return maps.store().get() == StoreState.LOST;
  }

  /** Whether the store has answered a moment ago. */
  boolean isStoreUp() {
    return maps.store().get() == StoreState.UP;
  }
}
