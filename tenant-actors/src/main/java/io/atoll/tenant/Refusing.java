package io.atoll.tenant;

import io.atoll.map.OperateReply;
import io.atoll.map.WatchReply;
import io.atoll.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Refuses a whole command for one reason, in the way that its sender understands. */
final class Refusing {
  private Refusing() {}

  static void refuse(String tenantId, TenantCommand.Public command, Refusal refusal) {
    switch (command) {
      case TenantCommand.Operate operate ->
          operate
              .replyTo()
              .tell(new OperateReply.Rejected(tenantId, operate.correlation(), refusal, null));
      case TenantCommand.Watch watch ->
          watch
              .subscriber()
              .tell(new WatchReply.Ended(watch.watchId(), WatchReply.Reason.REFUSED, refusal));
      case TenantCommand.Replied replied ->
          replied.replyTo().tell(new TenantReply.Refused(refusal));
      case TenantCommand.CloseSession close -> {}
      case TenantCommand.PlansChanged changed -> {}
      case TenantCommand.Stop stop -> {}
    }
  }

  /** Whether the sender waits for an answer, which can be a refusal; others are to be done yet. */
  static boolean isAnswered(TenantCommand.Public command) {
    return switch (command) {
      case TenantCommand.Operate operate -> true;
      case TenantCommand.Watch watch -> true;
      case TenantCommand.Replied replied -> true;
      case TenantCommand.CloseSession close -> false;
      case TenantCommand.PlansChanged changed -> false;
      case TenantCommand.Stop stop -> false;
    };
  }

  /** Why a tenant in this state cannot be asked about; null if it can. */
  static @Nullable Refusal ofManagement(TenantState state) {
    return state instanceof TenantState.Suspended ? null : Refusals.ofLife(state);
  }
}
