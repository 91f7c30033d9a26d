package io.atoll.tenant;

import io.atoll.quota.ActionUse;
import io.atoll.quota.FlowUse;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * All that is known about a tenant while it exists. {@code listedVersion} is the version that the
 * directory holds for certain; {@code actions} are the uses within long windows, and those within
 * short ones as they were when the tenant last left memory, as is what it had used of its flows
 * (null for nothing). Immutable.
 */
record Tenant(
    Description description,
    KeyRing keys,
    TreePMap<String, MapSlot> maps,
    PMap<String, ActionUse> actions,
    @Nullable FlowUse flows,
    Receipts receipts,
    long listedVersion,
    long lastUsedAt) {

  /** What the API shows of the tenant; each change of it takes the next version, starting at 1. */
  record Description(TenantSpec spec, long version, long createdAt, long updatedAt) {}

  static Tenant created(TenantSpec spec, long at, Receipts receipts) {
    Description description = new Description(spec, 1, at, at);
    return new Tenant(
        description, KeyRing.EMPTY, TreePMap.empty(), HashTreePMap.empty(), null, receipts, 0, at);
  }

  TenantSpec spec() {
    return description.spec();
  }

  long version() {
    return description.version();
  }

  /** Whether the directory may not have heard of the last change. */
  boolean isUnlisted() {
    return listedVersion < version();
  }

  /** How many maps there are. */
  long liveMaps() {
    return maps.values().stream().filter(MapSlot::live).count();
  }

  Tenant described(TenantSpec spec, long version, long at) {
    return withDescription(new Description(spec, version, description.createdAt(), at));
  }

  Tenant withDescription(Description value) {
    return new Tenant(value, keys, maps, actions, flows, receipts, listedVersion, lastUsedAt);
  }

  Tenant withKeys(KeyRing value) {
    return new Tenant(
        description, value, maps, actions, flows, receipts, listedVersion, lastUsedAt);
  }

  Tenant withMap(String name, MapSlot slot) {
    TreePMap<String, MapSlot> changed = maps.plus(name, slot);
    return new Tenant(
        description, keys, changed, actions, flows, receipts, listedVersion, lastUsedAt);
  }

  Tenant withActions(PMap<String, ActionUse> value) {
    return new Tenant(description, keys, maps, value, flows, receipts, listedVersion, lastUsedAt);
  }

  Tenant withFlows(@Nullable FlowUse value) {
    return new Tenant(description, keys, maps, actions, value, receipts, listedVersion, lastUsedAt);
  }

  Tenant withReceipts(Receipts value) {
    return new Tenant(description, keys, maps, actions, flows, value, listedVersion, lastUsedAt);
  }

  Tenant listed(long version) {
    return new Tenant(description, keys, maps, actions, flows, receipts, version, lastUsedAt);
  }

  Tenant usedAt(long at) {
    return new Tenant(description, keys, maps, actions, flows, receipts, listedVersion, at);
  }
}
