package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanMixTest {
  private static final String TIERS = "enterprise=10@100ms,pro=20@500ms,free=70@2s";

  @Test
  void sharesAndIntervalsAreRead() {
    PlanMix mix = PlanMix.parse(TIERS);
    assertThat(mix.plans()).containsExactly("enterprise", "pro", "free");
    assertThat(mix.shares().get(1).weight()).isEqualTo(20);
    assertThat(mix.shares().get(2).interval()).contains(Duration.ofSeconds(2));
    assertThat(mix.isPaced()).isTrue();
    assertThat(mix).hasToString(TIERS);
  }

  @Test
  void aPlanAloneIsAMix() {
    assertThat(PlanMix.parse("pro").deal(3)).containsExactly(0, 0, 0);
    assertThat(PlanMix.parse("pro")).hasToString("pro");
  }

  @Test
  void eachTenTenantsHaveTheMixOfAll() {
    int[] plans = PlanMix.parse(TIERS).deal(100);
    for (int from = 0; from < 100; from += 10) {
      int[] ten = Arrays.copyOfRange(plans, from, from + 10);
      assertThat(count(ten, 0)).isEqualTo(1);
      assertThat(count(ten, 1)).isEqualTo(2);
      assertThat(count(ten, 2)).isEqualTo(7);
    }
  }

  @Test
  void anIntervalFillsInWhereThereIsNone() {
    PlanMix half = PlanMix.parse("pro=1@1s,free=1");
    assertThat(half.isHalfPaced()).isTrue();
    assertThat(half.isPaced()).isFalse();
    assertThat(half.withInterval(Duration.ofSeconds(5))).hasToString("pro=1@1s,free=1@5s");
  }

  @Test
  void whatIsNoMixIsRefused() {
    for (String wrong :
        List.of("=1", "pro=", "pro=0", "pro=x", "pro=1,", "pro=1@", "pro=1@0s", "a=1,a=2")) {
      assertThatThrownBy(() -> PlanMix.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static long count(int[] plans, int plan) {
    return Arrays.stream(plans).filter(one -> one == plan).count();
  }
}
