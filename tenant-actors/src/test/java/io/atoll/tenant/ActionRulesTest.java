package io.atoll.tenant;

import static io.atoll.tenant.Tenants.NOW;
import static io.atoll.tenant.Tenants.active;
import static io.atoll.tenant.Tenants.after;
import static io.atoll.tenant.Tenants.at;
import static io.atoll.tenant.Tenants.created;
import static io.atoll.tenant.Tenants.idempotency;
import static io.atoll.tenant.Tenants.refusal;
import static io.atoll.tenant.Tenants.reply;
import static io.atoll.tenant.Tenants.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Idempotency;
import io.atoll.quota.ActionLimits;
import io.atoll.quota.ActionUse;
import io.atoll.quota.QuotaOverrides;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.TenantEvent.ActionReset;
import io.atoll.tenant.TenantEvent.ActionUsed;
import io.atoll.tenant.TenantState.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActionRulesTest {
  private static final long HOUR = 3_600_000;

  private final ActionLimits fleeting = new ActionLimits();

  @Test
  void usesOfAShortWindowCountDownWithoutAnyEvent() {
    List<Long> remaining = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Decision decision = use(active(), "commands", 1, null, NOW);
      assertThat(decision.events()).isEmpty();
      remaining.add(((TenantReply.ActionRead) reply(decision)).status().remaining());
    }

    assertThat(remaining).containsExactly(9L, 8L, 7L, 6L, 5L);
  }

  @Test
  void ofAHundredUsesOfAnActionLimitedToTenExactlyTenPass() {
    int passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += isPassed(use(active(), "commands", 1, null, NOW)) ? 1 : 0;
    }

    assertThat(passed).isEqualTo(10);
  }

  @Test
  void usesOfALongWindowAreKeptInTheStateAndOutliveTheMemory() {
    Present state = active();
    Decision first = use(state, "sync", 1, null, NOW);
    assertThat(first.events()).hasSize(1);
    state = (Present) after(state, first.events());

    ActionLimits afterRestart = new ActionLimits();
    Decision second =
        ActionRules.use(state, command("sync", 1, null), afterRestart, at(NOW + HOUR));

    assertThat(refusal(second)).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(((TenantReply.Refused) reply(second)).refusal().denial().retryAfterMs())
        .isEqualTo(23 * HOUR);
    assertThat(isPassed(use(state, "sync", 1, null, NOW + 24 * HOUR))).isTrue();
  }

  @Test
  void aLongWindowHoldsItsLimitOverManyEvents() {
    Present state = active();
    int passed = 0;
    for (int i = 0; i < 300; i++) {
      Decision decision = use(state, "eligibility", 1, null, NOW + i);
      passed += isPassed(decision) ? 1 : 0;
      state = (Present) after(state, decision.events());
    }

    assertThat(passed).isEqualTo(100);
  }

  @Test
  void severalUsesPassTogetherOrNotAtAll() {
    assertThat(isPassed(use(active(), "commands", 8, null, NOW))).isTrue();
    assertThat(isPassed(use(active(), "commands", 3, null, NOW))).isFalse();
    assertThat(isPassed(use(active(), "commands", 2, null, NOW))).isTrue();
  }

  @Test
  void aResetForgetsTheUses() {
    for (int i = 0; i < 5; i++) {
      use(active(), "commands", 1, null, NOW);
    }
    ActionRules.reset(active(), "commands", fleeting, at(NOW));
    TenantReply again = reply(use(active(), "commands", 1, null, NOW));
    assertThat(((TenantReply.ActionRead) again).status().remaining()).isEqualTo(9);

    Present kept = (Present) after(active(), use(active(), "sync", 1, null, NOW).events());
    Decision reset = ActionRules.reset(kept, "sync", fleeting, at(NOW));
    assertThat(reset.events()).containsExactly(new ActionReset(NOW, "sync"));
    Present empty = (Present) after(kept, reset.events());
    assertThat(isPassed(use(empty, "sync", 1, null, NOW))).isTrue();
  }

  @Test
  void anUnknownActionIsNotFoundAndABadCountIsInvalid() {
    assertThat(refusal(use(active(), "nothing", 1, null, NOW))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(use(active(), "commands", 0, null, NOW)))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(refusal(ActionRules.reset(active(), "nothing", fleeting, at(NOW))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(ActionRules.read(active(), "nothing", fleeting, at(NOW)))
        .isEqualTo(new TenantReply.Refused(Refusals.ACTION_NOT_FOUND));
  }

  @Test
  void anUnusedActionHasItsFullLimitLeft() {
    TenantReply read = ActionRules.read(active(), "commands", fleeting, at(NOW));

    assertThat(((TenantReply.ActionRead) read).status().remaining()).isEqualTo(10);
    assertThat(((TenantReply.ActionRead) read).status().resetAt()).isEqualTo(NOW);
  }

  @Test
  void theFeatureUnlimitedCommandsLiftsTheirLimit() {
    TenantSpec unlimited =
        new TenantSpec(
            "Acme",
            "free",
            QuotaOverrides.NONE,
            Map.of("unlimitedCommands", true),
            "{}",
            null,
            Residency.ANYWHERE);
    Present state = (Present) created(unlimited);

    for (int i = 0; i < 100; i++) {
      assertThat(isPassed(use(state, "commands", 1, null, NOW))).isTrue();
    }
    assertThat(isPassed(use((Present) created(spec("P", "pro")), "commands", 101, null, NOW)))
        .isFalse();
  }

  @Test
  void aRepeatedUseCountsOnceAndGetsTheFirstAnswer() {
    Idempotency idempotency = idempotency("k", "body");
    Decision first = use(active(), "commands", 4, idempotency, NOW);
    Present state = (Present) after(active(), first.events());
    Decision again = use(state, "commands", 4, idempotency, NOW + 5);

    assertThat(first.events()).hasSize(1).allMatch(ActionUsed.class::isInstance);
    assertThat(again.events()).isEmpty();
    assertThat(reply(again)).isEqualTo(reply(first));
    assertThat(state.tenant().actions()).isEmpty();
  }

  @Test
  void usesOfAShortWindowOutliveAStopWithinTheirWindow() {
    use(active(), "commands", 4, null, NOW);
    use(active(), "commands", 5, null, NOW + 1_000);
    Present state = stopped(active(), fleeting, NOW + 2_000);
    ActionLimits resumed = ActionRules.resumed(state.tenant());

    assertThat(isPassed(use(state, resumed, 2, NOW + 3_000))).isFalse();
    assertThat(isPassed(use(state, resumed, 1, NOW + 3_000))).isTrue();
    assertThat(isPassed(use(state, resumed, 4, NOW + 60_000))).isTrue();
    assertThat(isPassed(use(state, resumed, 1, NOW + 60_000))).isFalse();
  }

  @Test
  void aStopWritesOnlyWhatItHasToKeepAndRemovesWhatIsOver() {
    assertThat(ActionRules.changed(active(), fleeting, at(NOW))).isEmpty();
    use(active(), "commands", 4, null, NOW);
    Present state = stopped(active(), fleeting, NOW);

    ActionLimits resumed = ActionRules.resumed(state.tenant());
    assertThat(ActionRules.changed(state, resumed, at(NOW + 59_999))).isEmpty();
    Present later = stopped(state, resumed, NOW + 60_000);
    assertThat(later.tenant().actions()).isEmpty();
  }

  @Test
  void aResetHoldsOverAStopToo() {
    use(active(), "commands", 4, null, NOW);
    Present state = stopped(active(), fleeting, NOW);
    ActionLimits resumed = ActionRules.resumed(state.tenant());
    Decision reset = ActionRules.reset(state, "commands", resumed, at(NOW));
    Present after = (Present) after(state, reset.events());

    assertThat(after.tenant().actions()).isEmpty();
    assertThat(ActionRules.changed(after, resumed, at(NOW))).isEmpty();
  }

  @Test
  void aStopKeepsUsesOfLongWindowsAsTheyAre() {
    Present state = (Present) after(active(), use(active(), "sync", 1, null, NOW).events());

    assertThat(ActionRules.changed(state, new ActionLimits(), at(NOW))).isEmpty();
  }

  private static Present stopped(Present state, ActionLimits fleeting, long now) {
    List<ActionUse> changed = ActionRules.changed(state, fleeting, at(now));
    assertThat(changed).isNotEmpty();
    return (Present) after(state, new TenantEvent.UsesKept(now, changed, null));
  }

  private static Decision use(Present state, ActionLimits fleeting, long count, long now) {
    return ActionRules.use(state, command("commands", count, null), fleeting, at(now));
  }

  private Decision use(
      Present state, String action, long count, @Nullable Idempotency idempotency, long now) {
    return ActionRules.use(state, command(action, count, idempotency), fleeting, at(now));
  }

  private static TenantCommand.UseAction command(
      String action, long count, @Nullable Idempotency idempotency) {
    return new TenantCommand.UseAction(action, count, idempotency, Tenants.nobody());
  }

  private static boolean isPassed(Decision decision) {
    return reply(decision) instanceof TenantReply.ActionRead;
  }
}
