package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.quota.ActionDecision.Allowed;
import io.atoll.quota.ActionDecision.Denied;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionLimitsTest {
  private static final long START = 1_700_000_000_000L;
  private static final ActionLimit TEN_A_MINUTE = new ActionLimit(10, 60_000);
  private static final ActionLimit HUNDRED_AN_HOUR = new ActionLimit(100, 3_600_000);

  private final ActionLimits limits = new ActionLimits();

  private ActionDecision use(long at) {
    return limits.use("commands", 1, TEN_A_MINUTE, START + at);
  }

  @Test
  void everyUseLeavesOneLess() {
    for (int remaining = 9; remaining >= 5; remaining--) {
      assertThat(use(0)).isInstanceOf(Allowed.class);
      assertThat(limits.status("commands", TEN_A_MINUTE, START).remaining()).isEqualTo(remaining);
    }
  }

  @Test
  void theEleventhUseIsToldWhenTheOldestLeaves() {
    for (int second = 0; second < 10; second++) {
      use(second * 1000);
    }
    assertThat(use(10_000))
        .isEqualTo(
            new Denied(
                new Denial("actions.commands", 10, 10, 50_000, false),
                new ActionStatus("commands", 10, 60_000, 10, 0, START + 60_000)));
  }

  @Test
  void onlyTheOldestUseHasLeftTheSlidingWindow() {
    for (int second = 0; second < 10; second++) {
      use(second * 1000);
    }
    assertThat(use(59_999)).isInstanceOf(Denied.class);
    assertThat(use(60_001)).isInstanceOf(Allowed.class);
    assertThat(use(60_001)).isInstanceOf(Denied.class);
  }

  @Test
  void refusedUsesDoNotExtendTheWindow() {
    for (int i = 0; i < 10; i++) {
      use(0);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(use(30_000)).isInstanceOf(Denied.class);
    }
    assertThat(use(60_000)).isInstanceOf(Allowed.class);
  }

  @Test
  void exactlyTenOfAHundredUsesPass() {
    long passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += use(i) instanceof Allowed ? 1 : 0;
    }
    assertThat(passed).isEqualTo(10);
  }

  @Test
  void severalUsesPassTogetherOrNotAtAll() {
    assertThat(limits.use("commands", 7, TEN_A_MINUTE, START)).isInstanceOf(Allowed.class);
    assertThat(limits.use("commands", 4, TEN_A_MINUTE, START + 1)).isInstanceOf(Denied.class);
    assertThat(limits.use("commands", 3, TEN_A_MINUTE, START + 2)).isInstanceOf(Allowed.class);
  }

  @Test
  void moreThanTheLimitAtOnceNeverPasses() {
    assertThat(limits.use("commands", 11, TEN_A_MINUTE, START))
        .extracting(decision -> ((Denied) decision).denial().retryAfterMs())
        .isEqualTo(Denial.NEVER);
  }

  @Test
  void aLimitOfZeroAllowsNothing() {
    assertThat(limits.use("commands", 1, new ActionLimit(0, 1000), START))
        .isEqualTo(
            new Denied(
                new Denial("actions.commands", 0, 0, Denial.NEVER, false),
                new ActionStatus("commands", 0, 1000, 0, 0, START)));
  }

  @Test
  void anUnlimitedActionIsCountedAndNeverRefused() {
    ActionLimit unlimited = new ActionLimit(-1, 60_000);
    for (int i = 0; i < 5000; i++) {
      assertThat(limits.use("commands", 1, unlimited, START)).isInstanceOf(Allowed.class);
    }
    assertThat(limits.status("commands", unlimited, START))
        .isEqualTo(new ActionStatus("commands", -1, 60_000, 5000, -1, START + 60_000));
  }

  @Test
  void theStatusOfAnUnusedActionIsItsWholeLimit() {
    assertThat(limits.status("commands", TEN_A_MINUTE, START))
        .isEqualTo(new ActionStatus("commands", 10, 60_000, 0, 10, START));
    assertThat(limits.export(Set.of("commands"))).isEmpty();
  }

  @Test
  void aResetForgetsTheUsesOfThatActionAlone() {
    for (int i = 0; i < 5; i++) {
      use(0);
    }
    limits.use("sync", 1, HUNDRED_AN_HOUR, START);
    limits.reset("commands");
    assertThat(use(1).status().remaining()).isEqualTo(9);
    assertThat(limits.status("sync", HUNDRED_AN_HOUR, START).current()).isEqualTo(1);
  }

  @Test
  void aChangedLimitHoldsForTheNextUse() {
    for (int i = 0; i < 10; i++) {
      use(0);
    }
    ActionLimit raised = new ActionLimit(100, 60_000);
    assertThat(limits.use("commands", 1, raised, START).status().remaining()).isEqualTo(89);
    ActionLimit lowered = new ActionLimit(5, 60_000);
    assertThat(limits.use("commands", 1, lowered, START))
        .isEqualTo(
            new Denied(
                new Denial("actions.commands", 11, 5, 60_000, false),
                new ActionStatus("commands", 5, 60_000, 11, 0, START + 60_000)));
  }

  @Test
  void exportedUsesHoldAfterARestart() {
    limits.use("eligibility", 60, HUNDRED_AN_HOUR, START);
    limits.use("eligibility", 40, HUNDRED_AN_HOUR, START + 1000);
    use(0);
    List<ActionUse> exported = limits.export(Set.of("eligibility"));
    assertThat(exported).extracting(ActionUse::action).containsExactly("eligibility");

    ActionLimits restarted = new ActionLimits();
    restarted.restore(exported);
    assertThat(restarted.use("eligibility", 1, HUNDRED_AN_HOUR, START + 2000))
        .isEqualTo(limits.use("eligibility", 1, HUNDRED_AN_HOUR, START + 2000))
        .isInstanceOf(Denied.class);
    assertThat(restarted.status("commands", TEN_A_MINUTE, START).current()).isZero();
  }

  @Test
  void replayedUsesCountAsTheyDidAndEvenOverTheLimit() {
    limits.replay("sync", 3, new ActionLimit(10, 86_400_000), START);
    limits.replay("sync", 3, new ActionLimit(1, 86_400_000), START + 5);
    assertThat(limits.status("sync", new ActionLimit(1, 86_400_000), START + 10).current())
        .isEqualTo(6);
  }

  @Test
  void actionsThatAreGoneAreForgotten() {
    use(0);
    limits.use("sync", 1, HUNDRED_AN_HOUR, START);
    limits.retain(Set.of("sync"));
    assertThat(limits.status("commands", TEN_A_MINUTE, START).current()).isZero();
    assertThat(limits.status("sync", HUNDRED_AN_HOUR, START).current()).isEqualTo(1);
  }

  @Test
  void oneTenantsUsesAreNotAnothers() {
    for (int i = 0; i < 10; i++) {
      use(0);
    }
    assertThat(new ActionLimits().use("commands", 10, TEN_A_MINUTE, START))
        .isInstanceOf(Allowed.class);
  }

  @Test
  void aCountIsOneOrMore() {
    assertThatThrownBy(() -> limits.use("commands", 0, TEN_A_MINUTE, START))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limits.replay("commands", Long.MAX_VALUE, TEN_A_MINUTE, START))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
