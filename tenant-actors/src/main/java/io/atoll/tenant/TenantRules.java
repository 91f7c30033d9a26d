package io.atoll.tenant;

import io.atoll.quota.ActionLimits;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Present;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.util.List;
import java.util.function.Function;

/** Decides what commands about a tenant lead to. Changes nothing but the counters handed in. */
final class TenantRules {
  private TenantRules() {}

  /** {@code fleeting} counts the uses of actions within short windows. */
  static Decision decide(
      TenantState state,
      TenantCommand.Managed command,
      ActionLimits fleeting,
      Situation situation) {
    return switch (command) {
      case TenantCommand.Create create -> LifeRules.create(state, create, situation);
      case TenantCommand.Promise promise -> ReceiptRules.promise(state, promise, situation);
      case TenantCommand.Update update -> LifeRules.update(state, update, situation);
      case TenantCommand.Remove remove -> LifeRules.remove(state, remove, situation);
      case TenantCommand.Sweep sweep -> LifeRules.sweep(state, situation);
      case TenantCommand.Describe describe ->
          living(state, present -> new Decision(List.of(), new Decision.DescribeNow()));
      case TenantCommand.MakeKey make ->
          living(state, present -> KeyRules.make(present, make, situation));
      case TenantCommand.ListKeys list ->
          living(state, present -> new Decision(List.of(), new Decision.ListKeys()));
      case TenantCommand.RevokeKey revoke ->
          living(state, present -> KeyRules.revoke(present, revoke.keyId(), situation));
      case TenantCommand.ReadAction read ->
          living(
              state,
              present ->
                  Decision.say(ActionRules.read(present, read.action(), fleeting, situation)));
      case TenantCommand.UseAction use ->
          living(
              state,
              present ->
                  present instanceof Suspended
                      ? Decision.refused(Refusals.TENANT_SUSPENDED)
                      : ActionRules.use(present, use, fleeting, situation));
      case TenantCommand.ResetAction reset ->
          living(state, present -> ActionRules.reset(present, reset.action(), fleeting, situation));
      case TenantCommand.EndMigration end -> MigrationRules.end(state, end, situation);
    };
  }

  private static Decision living(TenantState state, Function<Present, Decision> decide) {
    return switch (state) {
      case Absent absent -> Decision.refused(Refusals.TENANT_NOT_FOUND);
      case Active active -> decide.apply(active);
      case Suspended suspended -> decide.apply(suspended);
      case Deleted deleted -> Decision.refused(Refusals.TENANT_DELETED);
      case Purging purging -> Decision.refused(Refusals.TENANT_DELETED);
    };
  }
}
