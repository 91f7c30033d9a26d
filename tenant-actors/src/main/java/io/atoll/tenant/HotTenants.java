package io.atoll.tenant;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The tenants that are in memory on this node, in id order, and the room they share. Thread-safe.
 */
public final class HotTenants {
  private final ConcurrentSkipListMap<String, ActorRef<TenantCommand>> tenants =
      new ConcurrentSkipListMap<>();

  private final HotRoom room;

  public HotTenants(HotRoom room) {
    this.room = room;
  }

  /** The memory that they share. */
  HotRoom room() {
    return room;
  }

  void add(String tenantId, ActorRef<TenantCommand> tenant) {
    tenants.put(tenantId, tenant);
  }

  /** Removes the tenant if this is still its actor. */
  void remove(String tenantId, ActorRef<TenantCommand> tenant) {
    tenants.remove(tenantId, tenant);
  }

  public boolean contains(String tenantId) {
    return tenants.containsKey(tenantId);
  }

  /** The hot tenants after this id (null for the first), weakly consistent. */
  public Map<String, ActorRef<TenantCommand>> after(@Nullable String tenantId) {
    return tenantId == null ? tenants : tenants.tailMap(tenantId, false);
  }

  /** Tells all of them that the plans have changed. */
  public void plansChanged() {
    tenants.values().forEach(tenant -> tenant.tell(new TenantCommand.PlansChanged()));
  }

  public int size() {
    return tenants.size();
  }
}
