package io.atoll.tenant;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a tenant leaves memory: in good order when its shard or its node asks it to, or as it is when
 * a part of it has failed. Used by the tenant's actor only.
 */
final class Departure {
  private static final Logger log = LoggerFactory.getLogger(Departure.class);

  private final TenantCore core;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final TenantLife life;
  private final Doorway doorway;
  private TenantCommand.@Nullable Depart awaited;
  private boolean begun;
  private boolean failed;
  private boolean released;

  Departure(TenantCore core, ActorRef<ClusterSharding.ShardCommand> shard, TenantLife life) {
    this.core = core;
    this.shard = shard;
    this.life = life;
    this.doorway = new Doorway(core.self());
  }

  /** Whether the tenant is to leave. */
  static boolean isAskedForBy(TenantCommand.Public command) {
    return command instanceof TenantCommand.Stop || command instanceof TenantCommand.Depart;
  }

  /** The doors that others come through, and which shut when the tenant leaves. */
  Doorway doorway() {
    return doorway;
  }

  boolean hasBegun() {
    return begun;
  }

  boolean hasFailed() {
    return failed;
  }

  /** Asks the shard to have the tenant leave; it keeps what comes meanwhile. */
  void propose() {
    shard.tell(new ClusterSharding.Passivate<>(core.self()));
  }

  /** Somebody wants to know when the tenant is gone. */
  void awaitedBy(TenantCommand.Depart command) {
    awaited = command;
  }

  /** No more comes in from now on. */
  void begin() {
    begun = true;
    doorway.leave();
  }

  /**
   * Leaves memory as it is, as soon as the shard lets it; the next message recovers the tenant and
   * all of its parts.
   */
  void fail(String reason) {
    if (failed) {
      return;
    }
    log.error("tenant {} stops: {}", core.tenantId(), reason);
    failed = true;
    life.leave();
    life.stopMaps();
    if (begun) {
      released = true;
    } else {
      begin();
      propose();
    }
  }

  /** Lets a tenant that has failed go. */
  void release(TenantCommand.Public command) {
    if (command instanceof TenantCommand.Depart depart) {
      awaitedBy(depart);
    } else {
      released = true;
    }
  }

  /** Goes on after a part has stopped; returns whether the actor may stop. */
  boolean goOn(TenantState state) {
    if (failed) {
      return released && doorway.isEmpty() && life.haveMapsStopped();
    }
    boolean drained = (begun || life.isDraining()) && life.drained(state);
    return drained && begun && doorway.isEmpty();
  }

  /** The actor is gone. */
  void ended() {
    doorway.shut();
    if (awaited != null) {
      awaited.replyTo().tell(new TenantReply.Accepted());
    }
  }
}
