package io.atoll.tenant;

import io.atoll.map.Idempotency;
import io.atoll.plan.Plans;
import io.atoll.quota.QuotaOverrides;
import io.atoll.refusal.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Builds states, commands and situations for tests of rules. */
final class Tenants {
  static final String ID = "acme";
  static final long NOW = 1_700_000_000_000L;
  static final TenantSpec FREE = spec("Acme", "free");

  private Tenants() {}

  static TenantSpec spec(String name, String plan) {
    return new TenantSpec(
        name, plan, QuotaOverrides.NONE, Map.of(), "{}", null, Residency.ANYWHERE);
  }

  static TenantSpec withQuotas(TenantSpec spec, QuotaOverrides quotas) {
    return new TenantSpec(
        spec.name(),
        spec.plan(),
        quotas,
        spec.features(),
        spec.metadataJson(),
        spec.email(),
        spec.residency());
  }

  static Situation at(long now) {
    return new Situation(
        ID,
        now,
        Plans.builtIn(),
        new Random(7),
        new Situation.TenantLimits(3, 1_000, 30L * 24 * 3_600_000));
  }

  static TenantState.Active active() {
    return (TenantState.Active) created(FREE);
  }

  static TenantState created(TenantSpec spec) {
    return TenantHistory.apply(
        TenantState.Absent.FIRST, new TenantEvent.TenantCreated(NOW, spec, null));
  }

  /** The state after these events. */
  static TenantState after(TenantState state, List<TenantEvent> events) {
    TenantState changed = state;
    for (TenantEvent event : events) {
      changed = TenantHistory.apply(changed, event);
    }
    return changed;
  }

  static TenantState after(TenantState state, TenantEvent... events) {
    return after(state, List.of(events));
  }

  static Idempotency idempotency(String key, String fingerprint) {
    return new Idempotency(key, fingerprint);
  }

  static TenantCommand.Create createCommand(TenantSpec spec, @Nullable Idempotency idempotency) {
    return new TenantCommand.Create(spec, idempotency, nobody());
  }

  static TenantCommand.Update update(TenantPatch patch, long ifVersion) {
    return new TenantCommand.Update(patch, ifVersion, nobody());
  }

  static TenantCommand.Remove remove(boolean purge) {
    return new TenantCommand.Remove(purge, null, nobody());
  }

  static TenantPatch patch() {
    return new TenantPatch(null, null, null, null, Map.of(), null, null, null);
  }

  static TenantPatch patchName(String name) {
    return new TenantPatch(name, null, null, null, Map.of(), null, null, null);
  }

  static TenantPatch patchPlan(String plan) {
    return new TenantPatch(null, plan, null, null, Map.of(), null, null, null);
  }

  static TenantPatch patchStatus(TenantStatus status) {
    return new TenantPatch(null, null, status, null, Map.of(), null, null, null);
  }

  static TenantReply reply(Decision decision) {
    return ((Decision.Say) decision.answer()).reply();
  }

  /** The code of the refusal that was decided, without any event. */
  static ErrorCode refusal(Decision decision) {
    if (!decision.events().isEmpty()) {
      throw new AssertionError("a refusal changes nothing, but: " + decision.events());
    }
    return ((TenantReply.Refused) reply(decision)).refusal().code();
  }

  /** Decisions never talk to anybody, so that nobody need listen. */
  @SuppressWarnings("NullAway")
  static ActorRef<TenantReply> nobody() {
    return null;
  }

  /** Tells of a migration that was aborted. */
  static TenantCommand.EndMigration endOf(String id) {
    Migration migration =
        new Migration(
            id,
            ID,
            null,
            new MoveTarget.OfNode("10.0.0.2:25520"),
            Migration.Status.ABORTED,
            Migration.Step.HOLD,
            -1,
            null,
            NOW,
            NOW + 9);
    return new TenantCommand.EndMigration(migration, nobody());
  }
}
