package io.atoll.tenant;

import io.atoll.access.ApiKey;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.ActionUse;
import io.atoll.quota.FlowUse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a tenant, as its journal holds it for ever. {@code at} is epoch
 * milliseconds; {@code version} is that of the tenant's description after the event.
 */
sealed interface TenantEvent {
  long at();

  record TenantCreated(long at, TenantSpec spec, @Nullable Receipt receipt)
      implements TenantEvent {}

  /** The description is now this. */
  record TenantUpdated(long at, long version, TenantSpec spec) implements TenantEvent {}

  record TenantSuspended(long at, long version) implements TenantEvent {}

  record TenantActivated(long at, long version) implements TenantEvent {}

  record TenantDeleted(long at, long version, @Nullable Receipt receipt) implements TenantEvent {}

  /** All that the tenant has is being erased; there is no way back. */
  record PurgeStarted(long at, @Nullable Receipt receipt) implements TenantEvent {}

  /** Nothing of the tenant is left; its id is free. */
  record TenantPurged(long at) implements TenantEvent {}

  /** The directory holds this version of the tenant: it need not be offered on each start. */
  record TenantListed(long at, long version) implements TenantEvent {}

  /**
   * The tenant was last used then; {@code keys} has the last use of each key that was used since.
   */
  record TenantUsed(long at, Map<String, Long> keys) implements TenantEvent {
    public TenantUsed {
      keys = Map.copyOf(keys);
    }
  }

  /** A key was made; the keys named in {@code forgotten}, over long ago, made room for it. */
  record KeyCreated(long at, ApiKey key, List<String> forgotten, @Nullable Receipt receipt)
      implements TenantEvent {
    public KeyCreated {
      forgotten = List.copyOf(forgotten);
    }
  }

  record KeyRevoked(long at, String keyId) implements TenantEvent {}

  record MapCreated(long at, String map, long generation) implements TenantEvent {}

  record MapDropped(long at, String map, long generation, @Nullable Receipt receipt)
      implements TenantEvent {}

  /** The entries of the generations before this one are gone. */
  record MapCleared(long at, String map, long generation) implements TenantEvent {}

  /** Uses of an action under the limit that held then; only long windows are kept by it. */
  record ActionUsed(
      long at, String action, ActionLimit limit, long count, @Nullable Receipt receipt)
      implements TenantEvent {}

  /** A request was promised whose answer is kept elsewhere. */
  record RequestPromised(long at, Receipt receipt) implements TenantEvent {}

  record ActionReset(long at, String action) implements TenantEvent {}

  /** The tenant has moved, or was to and has not; there may be several of the same id. */
  record MigrationEnded(long at, Migration migration) implements TenantEvent {}

  /**
   * The tenant left memory: the uses of actions within the short windows that had changed, and what
   * was used of the flows, null for nothing.
   */
  record UsesKept(long at, List<ActionUse> actions, @Nullable FlowUse flows)
      implements TenantEvent {
    public UsesKept {
      actions = List.copyOf(actions);
    }
  }
}
