package io.atoll.tenant;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tenants that are in memory on this node, in id order, and the room they share. Thread-safe.
 */
public final class HotTenants {
  private final ConcurrentSkipListMap<String, HotTenant> tenants = new ConcurrentSkipListMap<>();

  private final HotRoom room;

  public HotTenants(HotRoom room) {
    this.room = room;
  }

  /** The memory that they share. */
  HotRoom room() {
    return room;
  }

  void add(String tenantId, HotTenant tenant) {
    tenants.put(tenantId, tenant);
  }

  /** Removes the tenant if this is still the one. */
  void remove(String tenantId, HotTenant tenant) {
    tenants.remove(tenantId, tenant);
  }

  public boolean contains(String tenantId) {
    return tenants.containsKey(tenantId);
  }

  /** The hot tenants after this id (null for the first), weakly consistent. */
  public Map<String, HotTenant> after(@Nullable String tenantId) {
    return tenantId == null ? tenants : tenants.tailMap(tenantId, false);
  }

  /** Tells all of them that the plans have changed. */
  public void plansChanged() {
    tenants.values().forEach(tenant -> tenant.actor().tell(new TenantCommand.PlansChanged()));
  }

  /**
   * Tells how many operations each was asked for since the last call, or since it came; by one
   * thread at a time.
   */
  public void takeOperations(ObjLongConsumer<String> receiver) {
    tenants.forEach((tenantId, tenant) -> receiver.accept(tenantId, tenant.takeOperations()));
  }

  /** Tells how many entries each had a minute ago at most. */
  public void entries(ObjLongConsumer<String> receiver) {
    tenants.forEach((tenantId, tenant) -> receiver.accept(tenantId, tenant.entries()));
  }

  public int size() {
    return tenants.size();
  }
}
