package io.atoll.tenant;

import io.atoll.quota.ActionLimits;
import io.atoll.quota.ActionUse;
import io.atoll.tenant.TenantEvent.ActionReset;
import io.atoll.tenant.TenantEvent.ActionUsed;
import io.atoll.tenant.TenantEvent.KeyCreated;
import io.atoll.tenant.TenantEvent.KeyRevoked;
import io.atoll.tenant.TenantEvent.MapCleared;
import io.atoll.tenant.TenantEvent.MapCreated;
import io.atoll.tenant.TenantEvent.MapDropped;
import io.atoll.tenant.TenantEvent.MigrationEnded;
import io.atoll.tenant.TenantEvent.PurgeStarted;
import io.atoll.tenant.TenantEvent.RequestPromised;
import io.atoll.tenant.TenantEvent.TenantActivated;
import io.atoll.tenant.TenantEvent.TenantCreated;
import io.atoll.tenant.TenantEvent.TenantDeleted;
import io.atoll.tenant.TenantEvent.TenantListed;
import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantEvent.TenantSuspended;
import io.atoll.tenant.TenantEvent.TenantUpdated;
import io.atoll.tenant.TenantEvent.TenantUsed;
import io.atoll.tenant.TenantEvent.UsesKept;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/**
 * Applies events to the state, live and on replay alike. Total: an event that does not fit a state
 * leaves it as it is.
 */
final class TenantHistory {
  private TenantHistory() {}

  static TenantState apply(TenantState state, TenantEvent event) {
    return switch (state) {
      case Absent absent -> born(absent, event);
      case Present present -> lived(present, event);
    };
  }

  private static TenantState born(Absent absent, TenantEvent event) {
    if (event instanceof RequestPromised promised) {
      Receipts receipts = absent.receipts().plus(promised.receipt(), promised.at());
      return new Absent(absent.incarnation(), receipts);
    }
    if (!(event instanceof TenantCreated created)) {
      return absent;
    }
    Receipts receipts = with(absent.receipts(), created.receipt(), created.at());
    return new Active(absent.incarnation(), Tenant.created(created.spec(), created.at(), receipts));
  }

  private static TenantState lived(Present state, TenantEvent event) {
    Tenant tenant = state.tenant();
    return switch (event) {
      case TenantCreated created -> state;
      case TenantUpdated e -> state.with(tenant.described(e.spec(), e.version(), e.at()));
      case TenantSuspended e ->
          new Suspended(state.incarnation(), redescribed(tenant, e.version(), e.at()));
      case TenantActivated e ->
          new Active(state.incarnation(), redescribed(tenant, e.version(), e.at()));
      case TenantDeleted e -> deleted(state, e);
      case PurgeStarted e ->
          new Purging(state.incarnation(), tenant, with(Receipts.NONE, e.receipt(), e.at()));
      case TenantPurged e ->
          state instanceof Purging purging
              ? new Absent(state.incarnation() + 1, purging.kept())
              : state;
      case TenantListed e -> state.with(tenant.listed(e.version()));
      case TenantUsed e -> state.with(used(tenant, e));
      case KeyCreated e -> state.with(keyCreated(tenant, e));
      case KeyRevoked e -> state.with(tenant.withKeys(tenant.keys().revoked(e.keyId(), e.at())));
      case MapCreated e -> state.with(tenant.withMap(e.map(), slot(tenant, e.map()).created()));
      case MapDropped e -> state.with(mapDropped(tenant, e));
      case MapCleared e ->
          state.with(tenant.withMap(e.map(), slot(tenant, e.map()).cleared(e.generation())));
      case ActionUsed e -> state.with(actionUsed(tenant, e));
      case RequestPromised e -> receipted(state, e.receipt(), e.at());
      case ActionReset e -> state.with(tenant.withActions(tenant.actions().minus(e.action())));
      case UsesKept e -> state.with(usesKept(tenant, e));
      case MigrationEnded e -> receipted(state, Receipt.of(e.migration(), e.at()), e.at());
    };
  }

  private static Tenant redescribed(Tenant tenant, long version, long at) {
    return tenant.described(tenant.spec(), version, at);
  }

  private static Deleted deleted(Present state, TenantDeleted event) {
    Tenant tenant = redescribed(state.tenant(), event.version(), event.at());
    Receipts receipts = with(tenant.receipts(), event.receipt(), event.at());
    return new Deleted(state.incarnation(), tenant.withReceipts(receipts), event.at());
  }

  private static Tenant used(Tenant tenant, TenantUsed event) {
    long last = Math.max(tenant.lastUsedAt(), event.at());
    return tenant.withKeys(tenant.keys().used(event.keys())).usedAt(last);
  }

  private static Tenant keyCreated(Tenant tenant, KeyCreated event) {
    return tenant
        .withKeys(tenant.keys().plus(event.key(), event.forgotten()))
        .withReceipts(with(tenant.receipts(), event.receipt(), event.at()));
  }

  private static Tenant mapDropped(Tenant tenant, MapDropped event) {
    return tenant
        .withMap(event.map(), slot(tenant, event.map()).dropped(event.generation()))
        .withReceipts(with(tenant.receipts(), event.receipt(), event.at()));
  }

  private static MapSlot slot(Tenant tenant, String map) {
    return tenant.maps().getOrDefault(map, MapSlot.NEW);
  }

  private static Tenant actionUsed(Tenant tenant, ActionUsed event) {
    Tenant receipted = tenant.withReceipts(with(tenant.receipts(), event.receipt(), event.at()));
    if (!ActionRules.isKept(event.limit())) {
      return receipted;
    }
    ActionLimits limits = ActionRules.restored(tenant, event.action());
    limits.replay(event.action(), event.count(), event.limit(), event.at());
    List<ActionUse> uses = limits.export(Set.of(event.action()));
    return receipted.withActions(tenant.actions().plus(event.action(), uses.getFirst()));
  }

  private static Tenant usesKept(Tenant tenant, UsesKept event) {
    PMap<String, ActionUse> actions = tenant.actions();
    for (ActionUse use : event.actions()) {
      actions =
          use.stamps().isEmpty() ? actions.minus(use.action()) : actions.plus(use.action(), use);
    }
    return tenant.withActions(actions).withFlows(event.flows());
  }

  private static Present receipted(Present state, Receipt receipt, long at) {
    Receipts receipts = state.receipts().plus(receipt, at);
    return state instanceof Purging purging
        ? new Purging(purging.incarnation(), purging.tenant(), receipts)
        : state.with(state.tenant().withReceipts(receipts));
  }

  private static Receipts with(Receipts receipts, @Nullable Receipt receipt, long at) {
    return receipt == null ? receipts : receipts.plus(receipt, at);
  }
}
