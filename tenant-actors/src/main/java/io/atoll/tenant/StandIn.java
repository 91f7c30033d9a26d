package io.atoll.tenant;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * Stands in for a tenant that is asked for while the store does not answer: it refuses everything,
 * so that nobody tries to recover the tenant in vain, and becomes the tenant with the first command
 * after the store answers.
 */
final class StandIn extends AbstractBehavior<TenantCommand> {
  private static final Duration STAYS = Duration.ofMinutes(1);

  private final String tenantId;
  private final TenantEnvironment environment;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final Behavior<TenantCommand> tenant;
  private final StashBuffer<TenantCommand> first;

  /** The tenant, if the store answers. */
  static Behavior<TenantCommand> unlessStoreAnswers(
      String tenantId,
      TenantEnvironment environment,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Behavior<TenantCommand> tenant) {
    return Behaviors.setup(context ->
        environment.isStoreDown()
            ? Behaviors.withStash(
                1, first -> new StandIn(context, tenantId, environment, shard, tenant, first))
            : tenant);
  }

  private StandIn(
      ActorContext<TenantCommand> context,
      String tenantId,
      TenantEnvironment environment,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Behavior<TenantCommand> tenant,
      StashBuffer<TenantCommand> first) {
    super(context);
    this.tenantId = tenantId;
    this.environment = environment;
    this.shard = shard;
    this.tenant = tenant;
    this.first = first;
    context.setReceiveTimeout(STAYS, new TenantSignal.Idle());
  }

  @Override
  public Receive<TenantCommand> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::on).build();
  }

  private Behavior<TenantCommand> on(TenantCommand command) {
    return switch (command) {
      case TenantCommand.Stop _ -> Behaviors.stopped();
      case TenantCommand.Depart depart -> {
        depart.replyTo().tell(new TenantReply.Accepted());
        yield Behaviors.stopped();
      }
      case TenantCommand.Arrive arrive -> {
        arrive.replyTo().tell(new TenantReply.Accepted());
        yield this;
      }
      case TenantCommand.Public fromOutside -> asked(fromOutside);
      case TenantSignal.Knock knock -> {
        knock.door().close();
        yield this;
      }
      case TenantSignal.Idle _ -> {
        shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        yield this;
      }
      case TenantSignal _ -> this;
    };
  }

  private Behavior<TenantCommand> asked(TenantCommand.Public command) {
    if (environment.isStoreDown()) {
      Refusing.refuse(tenantId, command, Refusals.UNAVAILABLE);
      return this;
    }
    getContext().cancelReceiveTimeout();
    first.stash(command);
    return first.unstashAll(tenant);
  }
}
