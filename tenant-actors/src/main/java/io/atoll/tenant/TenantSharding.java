package io.atoll.tenant;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/** How tenants are spread: one entity each, which decides by itself when it leaves memory. */
final class TenantSharding {
  static final EntityTypeKey<TenantCommand> TYPE =
      EntityTypeKey.create(TenantCommand.class, "tenant");

  /** Where tenants and their parts run; see {@code reference.conf}. */
  static final String DISPATCHER = "pekko.actor.tenant-dispatcher";

  private TenantSharding() {}

  static ActorRef<ShardingEnvelope<TenantCommand>> init(
      ActorSystem<?> system,
      TenantEnvironment environment,
      Placements placements,
      @Nullable ShardAllocationStrategy allocation) {
    Entity<TenantCommand, ShardingEnvelope<TenantCommand>> tenants =
        Entity.of(
                TYPE,
                entity -> TenantActor.create(entity.getEntityId(), environment, entity.getShard()))
            .withMessageExtractor(new TenantCells(placements))
            .withEntityProps(DispatcherSelector.fromConfig(DISPATCHER))
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
            .withStopMessage(new TenantCommand.Stop());
    return ClusterSharding.get(system)
        .init(allocation == null ? tenants : tenants.withAllocationStrategy(allocation));
  }
}
