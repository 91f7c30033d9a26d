package io.atoll.tenant;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * How tenants work on this node; see {@code atoll.tenant} in {@code reference.conf}.
 *
 * @param passivateAfter time without a command after which a tenant leaves memory
 * @param hotMemoryShare the share of the heap that the tenants in memory may need together
 * @param passivateAbsentAfter the same for an id under which there is no tenant
 * @param retentionAfterDelete how long the data of a deleted tenant is kept
 * @param maxKeys API keys that a tenant may have
 * @param maxMetadataBytes bytes of metadata that a tenant may have
 * @param maxWaiting commands that may wait for a tenant that starts
 * @param startTimeout how long commands wait for a tenant that starts
 * @param retryAfterFailure the pause before a step that failed is tried again
 * @param drainTimeout how long a tenant that stops waits for its parts
 * @param collectTimeout how long a reading of usage waits for the maps
 * @param noticeInterval the shortest time between two looks at what to tell sessions
 * @param denialMemory how long the edges may remember a denial; raised limits are answered after it
 * @param snapshotEvery events after which a snapshot is taken
 */
public record TenantSettings(
    Duration passivateAfter,
    double hotMemoryShare,
    Duration passivateAbsentAfter,
    Duration retentionAfterDelete,
    int maxKeys,
    int maxMetadataBytes,
    int maxWaiting,
    Duration startTimeout,
    Duration retryAfterFailure,
    Duration drainTimeout,
    Duration collectTimeout,
    Duration noticeInterval,
    Duration denialMemory,
    int snapshotEvery) {

  /** Reads {@code atoll.tenant}; fails with a {@code ConfigException} that names the wrong key. */
  public static TenantSettings from(Config config) {
    Config tenant = config.getConfig("atoll.tenant");
    return new TenantSettings(
        tenant.getDuration("passivate-after"),
        share(tenant, "hot-memory-share"),
        tenant.getDuration("passivate-absent-after"),
        tenant.getDuration("retention-after-delete"),
        tenant.getInt("max-keys"),
        tenant.getBytes("max-metadata-bytes").intValue(),
        tenant.getInt("max-waiting"),
        tenant.getDuration("start-timeout"),
        tenant.getDuration("retry-after-failure"),
        tenant.getDuration("drain-timeout"),
        tenant.getDuration("collect-timeout"),
        tenant.getDuration("notice-interval"),
        tenant.getDuration("denial-memory"),
        tenant.getInt("snapshot-every"));
  }

  private static double share(Config config, String key) {
    double share = config.getDouble(key);
    if (share <= 0 || share > 1) {
      throw new ConfigException.BadValue(
          config.origin(), "atoll.tenant." + key, "has to be above 0 and at most 1");
    }
    return share;
  }

  /** The bounds that rules hold. */
  Situation.TenantLimits limits() {
    return new Situation.TenantLimits(maxKeys, maxMetadataBytes, retentionAfterDelete.toMillis());
  }
}
