package io.atoll.tenant;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Brings commands straight to the tenants that are in memory on this node, and through the shard
 * region to all others. A tenant is reached directly once everything that went through the region
 * has arrived, so no command overtakes another. Thread-safe.
 */
public final class TenantDoors implements TenantPost {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ActorRef<ShardingEnvelope<TenantCommand>> region;
  private final Predicate<String> here;
  private final ConcurrentHashMap<String, TenantDoor> doors = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Knocking> knocking = new ConcurrentLinkedQueue<>();

  /** A door at which nobody has opened since this monotonic time. */
  private record Knocking(TenantDoor door, long since) {}

  TenantDoors(ActorRef<ShardingEnvelope<TenantCommand>> region, Predicate<String> here) {
    this.region = region;
    this.here = here;
  }

  /** The doors to the tenants of this region; {@code here} tells which are on this node. */
  public static TenantDoors open(
      ActorSystem<?> system,
      ActorRef<ShardingEnvelope<TenantCommand>> region,
      Predicate<String> here) {
    TenantDoors opened = new TenantDoors(region, here);
    Duration interval = PATIENCE.dividedBy(4);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            interval,
            interval,
            () -> opened.giveUp(System.nanoTime() - PATIENCE.toNanos()),
            system.executionContext());
    return opened;
  }

  @Override
  public void send(String tenantId, TenantCommand.Public command) {
    TenantDoor door = doors.get(tenantId);
    if (door == null && !here.test(tenantId)) {
      region.tell(new ShardingEnvelope<>(tenantId, command));
      return;
    }
    while (door == null || !door.pass(command)) {
      door = doors.computeIfAbsent(tenantId, this::newDoor);
    }
  }

  /** Takes the long way again to tenants that have not answered since before this time. */
  void giveUp(long before) {
    for (Knocking oldest = knocking.peek();
        oldest != null && oldest.since() - before < 0;
        oldest = knocking.peek()) {
      knocking.remove(oldest);
      oldest.door().giveUp();
    }
  }

  private TenantDoor newDoor(String tenantId) {
    TenantDoor door =
        new TenantDoor(
            command -> region.tell(new ShardingEnvelope<>(tenantId, command)),
            closed -> doors.remove(tenantId, closed));
    knocking.add(new Knocking(door, System.nanoTime()));
    return door;
  }
}
