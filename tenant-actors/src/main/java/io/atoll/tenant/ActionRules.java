package io.atoll.tenant;

import io.atoll.map.Idempotency;
import io.atoll.quota.ActionDecision;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.ActionLimits;
import io.atoll.quota.ActionUse;
import io.atoll.quota.Quota;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantEvent.ActionReset;
import io.atoll.tenant.TenantEvent.ActionUsed;
import io.atoll.tenant.TenantState.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides about uses of named actions. Uses within long windows are kept in the state at once;
 * those within short ones are counted in memory, by the caller, and kept when the tenant leaves it.
 */
final class ActionRules {
  /** Windows of this length and more are kept in the state at once. */
  static final long KEPT_FROM_MS = Duration.ofHours(1).toMillis();

  private ActionRules() {}

  static boolean isKept(ActionLimit limit) {
    return limit.windowMs() >= KEPT_FROM_MS;
  }

  /** The counter of this one action as the state has it. */
  static ActionLimits restored(Tenant tenant, String action) {
    ActionLimits limits = new ActionLimits();
    ActionUse use = tenant.actions().get(action);
    if (use != null) {
      limits.restore(List.of(use));
    }
    return limits;
  }

  /** The counters as they were when the tenant last left memory. */
  static ActionLimits resumed(Tenant tenant) {
    ActionLimits limits = new ActionLimits();
    limits.restore(List.copyOf(tenant.actions().values()));
    return limits;
  }

  /** What has changed within the short windows, so that leaving memory forgets none of it. */
  static List<ActionUse> changed(Present state, ActionLimits fleeting, Situation situation) {
    Map<String, ActionLimit> limits = situation.effective(state.tenant().spec()).quotas().actions();
    List<ActionUse> changed = new ArrayList<>();
    limits.forEach((action, limit) -> {
      ActionUse use = fleeting.within(action, limit, situation.now());
      if (!isKept(limit) && !use.equals(known(state, action))) {
        changed.add(use);
      }
    });
    return changed;
  }

  private static ActionUse known(Present state, String action) {
    return state.tenant().actions().getOrDefault(action, new ActionUse(action, List.of()));
  }

  /** Where the action stands; {@code fleeting} are the counters of short windows. */
  static TenantReply read(
      Present state, String action, ActionLimits fleeting, Situation situation) {
    ActionLimit limit = limit(state, action, situation);
    return limit == null
        ? new TenantReply.Refused(Refusals.ACTION_NOT_FOUND)
        : new TenantReply.ActionRead(
            counter(state, action, limit, fleeting).status(action, limit, situation.now()));
  }

  /**
   * Uses the action; a short window counts in {@code fleeting} at once, a long one by the event.
   */
  static Decision use(
      Present state, TenantCommand.UseAction command, ActionLimits fleeting, Situation situation) {
    return ReceiptRules.repeated(state, command.idempotency(), situation)
        .orElseGet(() -> useNew(state, command, fleeting, situation));
  }

  private static Decision useNew(
      Present state, TenantCommand.UseAction command, ActionLimits fleeting, Situation situation) {
    ActionLimit limit = limit(state, command.action(), situation);
    if (limit == null) {
      return Decision.refused(Refusals.ACTION_NOT_FOUND);
    }
    if (command.count() < 1 || command.count() > Quota.MAX_LIMIT) {
      return Decision.refused(ErrorCode.INVALID_REQUEST, "count: must be 1 to " + Quota.MAX_LIMIT);
    }
    ActionLimits counter = counter(state, command.action(), limit, fleeting);
    return switch (counter.use(command.action(), command.count(), limit, situation.now())) {
      case ActionDecision.Denied denied ->
          Decision.refused(Refusal.of(situation.tenantId(), denied.denial()));
      case ActionDecision.Allowed allowed -> allowed(command, limit, allowed, situation);
    };
  }

  private static Decision allowed(
      TenantCommand.UseAction command,
      ActionLimit limit,
      ActionDecision.Allowed allowed,
      Situation situation) {
    TenantReply reply = new TenantReply.ActionRead(allowed.status());
    Idempotency idempotency = command.idempotency();
    if (idempotency == null && !isKept(limit)) {
      return Decision.say(reply);
    }
    Receipt receipt =
        ReceiptRules.receipt(idempotency, new Receipt.Counted(allowed.status()), situation);
    return Decision.of(
        new ActionUsed(situation.now(), command.action(), limit, command.count(), receipt),
        new Decision.Say(reply));
  }

  /** Forgets the uses of the action. */
  static Decision reset(Present state, String action, ActionLimits fleeting, Situation situation) {
    if (limit(state, action, situation) == null) {
      return Decision.refused(Refusals.ACTION_NOT_FOUND);
    }
    fleeting.reset(action);
    return state.tenant().actions().containsKey(action)
        ? Decision.accepted(new ActionReset(situation.now(), action))
        : Decision.say(new TenantReply.Accepted());
  }

  private static @Nullable ActionLimit limit(Present state, String action, Situation situation) {
    return situation.effective(state.tenant().spec()).quotas().actions().get(action);
  }

  private static ActionLimits counter(
      Present state, String action, ActionLimit limit, ActionLimits fleeting) {
    return isKept(limit) ? restored(state.tenant(), action) : fleeting;
  }
}
