package io.atoll.tenant;

import io.atoll.tenant.TenantEvent.MigrationEnded;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;

/** Decides what a tenant keeps of its migrations. */
final class MigrationRules {
  private MigrationRules() {}

  /**
   * Who tells of an end tells it until it is answered. One that is told again within a day is known
   * and not kept again, unless a thousand receipts came after it: readers of the journal go by its
   * id. What is being erased, and whoever comes after it under the same name, keeps none.
   */
  static Decision end(TenantState state, TenantCommand.EndMigration command, Situation situation) {
    Migration ended = command.migration();
    return isItsOwn(state, ended) && !isKnown(state, ended, situation)
        ? Decision.accepted(new MigrationEnded(situation.now(), ended))
        : Decision.say(new TenantReply.Accepted());
  }

  private static boolean isItsOwn(TenantState state, Migration ended) {
    return switch (state) {
      case Absent _, Purging _ -> false;
      case Active active -> isOf(active.tenant(), ended);
      case Suspended suspended -> isOf(suspended.tenant(), ended);
      case Deleted deleted -> isOf(deleted.tenant(), ended);
    };
  }

  private static boolean isOf(Tenant tenant, Migration ended) {
    return ended.isOfTenantCreatedAt(tenant.description().createdAt());
  }

  private static boolean isKnown(TenantState state, Migration ended, Situation situation) {
    return state.receipts().find(Receipt.keyOf(ended), situation.now()).isPresent();
  }
}
