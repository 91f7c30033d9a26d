package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.plan.Tier;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/**
 * Says to which cell, which is a shard, a tenant belongs: a stable hash of its id over a fixed
 * number of them, unless it was given another.
 */
final class TenantCells
    extends ShardingMessageExtractor<ShardingEnvelope<TenantCommand>, TenantCommand> {
  private static final int SHARDS = 256;
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final Placements placements;

  TenantCells(Placements placements) {
    this.placements = placements;
  }

  @Override
  public String entityId(ShardingEnvelope<TenantCommand> envelope) {
    return envelope.entityId();
  }

  @Override
  public String shardId(String entityId) {
    return placements.cellOf(entityId);
  }

  /** The cell that the tenant's id stands for. */
  static String ofId(String tenantId) {
    return Integer.toString(number(tenantId));
  }

  @Override
  public TenantCommand unwrapMessage(ShardingEnvelope<TenantCommand> envelope) {
    return envelope.message();
  }

  /** The name of the cell that serves the tenant. */
  static String cell(Tier tier, String tenantId) {
    return tier.name() + "-" + number(tenantId);
  }

  /** FNV-1a over the bytes, then the finalizer of MurmurHash3, so that ids made alike spread. */
  private static int number(String tenantId) {
    long hash = OFFSET;
    for (byte octet : tenantId.getBytes(UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) Math.floorMod(hash ^ (hash >>> 33), (long) SHARDS);
  }
}
