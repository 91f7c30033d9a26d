package io.atoll.tenant;

import io.atoll.tenant.TenantEvent.MigrationEnded;
import io.atoll.tenant.TenantState.Present;

/** Decides what a tenant keeps of its migrations. */
final class MigrationRules {
  private MigrationRules() {}

  /** Who tells of an end tells it until it is answered, so what is known is not kept again. */
  static Decision end(TenantState state, TenantCommand.EndMigration command, Situation situation) {
    Migration ended = command.migration();
    return state instanceof Present && !isKnown(state, ended, situation)
        ? Decision.accepted(new MigrationEnded(situation.now(), ended))
        : Decision.say(new TenantReply.Accepted());
  }

  private static boolean isKnown(TenantState state, Migration ended, Situation situation) {
    return state.receipts().find(Receipt.keyOf(ended), situation.now()).isPresent();
  }
}
