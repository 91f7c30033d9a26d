package io.atoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.Quotas;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlansTest {
  private final Plans plans = Plans.builtIn();

  private Plan plan(String name) {
    return plans.find(name).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "opsPerSecond, 100, 10000",
    "burst, 100, 10000",
    "bytesPerSecond, 2097152, 52428800",
    "messagesPerSecond, 1000, 50000",
    "requestsPerSecond, 500, 50000",
    "connections, 10, 1000",
    "maps, 10, 100",
    "entries, -1, -1",
    "storageBytes, 104857600, 10737418240",
    "topics, 10, 500",
    "partitions, 50, 5000",
    "producers, 5, 200",
    "consumers, 10, 500",
    "consumerGroups, 5, 50",
    "retentionHours, 24, 168"
  })
  void everyPlanHasItsLimits(String quota, long free, long pro) {
    Quota limited = Quota.byName(quota).orElseThrow();
    assertThat(plan("free").quotas().limit(limited)).isEqualTo(free);
    assertThat(plan("pro").quotas().limit(limited)).isEqualTo(pro);
    assertThat(plan("enterprise").quotas().limit(limited)).isEqualTo(Quota.UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource({
    "commands, 60000, 10, 100",
    "eligibility, 3600000, 100, 1000",
    "sync, 86400000, 1, 10"
  })
  void everyPlanHasItsActions(String action, long windowMs, long free, long pro) {
    assertThat(plan("free").quotas().actions()).hasSize(3);
    assertThat(plan("free").quotas().actions().get(action))
        .isEqualTo(new ActionLimit(free, windowMs));
    assertThat(plan("pro").quotas().actions().get(action))
        .isEqualTo(new ActionLimit(pro, windowMs));
    assertThat(plan("enterprise").quotas().actions().get(action))
        .isEqualTo(new ActionLimit(-1, windowMs));
  }

  @Test
  void everyPlanHasItsTierAndFeatures() {
    assertThat(plans.all()).extracting(Plan::name).containsExactly("free", "pro", "enterprise");
    assertThat(plans.all()).extracting(Plan::tier).containsExactly(Tier.C, Tier.B, Tier.A);
    assertThat(plan("free").features())
        .isEqualTo(
            Map.of(
                "customBranding", false,
                "advancedAnalytics", false,
                "prioritySupport", false,
                "unlimitedCommands", false));
    assertThat(plan("pro").features())
        .containsEntry("customBranding", true)
        .containsEntry("advancedAnalytics", true)
        .containsEntry("prioritySupport", false)
        .containsEntry("unlimitedCommands", false);
    assertThat(plan("enterprise").features().values()).containsOnly(true);
    assertThat(plan("enterprise").features().keySet())
        .containsExactlyInAnyOrderElementsOf(Features.NAMES);
  }

  @Test
  void anUnknownPlanIsNotFound() {
    assertThat(plans.find("gold")).isEmpty();
    assertThat(plans.find(Plans.DEFAULT)).contains(plan("free"));
  }

  @Test
  void tiersAreFoundByName() {
    assertThat(Tier.byName("A")).contains(Tier.A);
    assertThat(Tier.byName("a")).isEmpty();
  }

  @Test
  void withoutOverridesThePlanHolds() {
    EffectivePlan effective = EffectivePlan.of(plan("pro"), QuotaOverrides.NONE, Map.of());
    assertThat(effective.quotas()).isEqualTo(plan("pro").quotas());
    assertThat(effective.features()).isEqualTo(plan("pro").features());
    assertThat(effective.plan()).isEqualTo(plan("pro"));
  }

  @Test
  void ownLimitsAndSwitchesLieOverThePlan() {
    EffectivePlan effective =
        EffectivePlan.of(
            plan("free"),
            new QuotaOverrides(Map.of(Quota.CONNECTIONS, 77L), Map.of()),
            Map.of("customBranding", true));
    assertThat(effective.quotas().limit(Quota.CONNECTIONS)).isEqualTo(77);
    assertThat(effective.quotas().limit(Quota.MAPS)).isEqualTo(10);
    assertThat(effective.features())
        .containsEntry("customBranding", true)
        .containsEntry("prioritySupport", false);
  }

  @Test
  void unlimitedCommandsLiftTheLimitOfCommandsAlone() {
    EffectivePlan effective =
        EffectivePlan.of(plan("free"), QuotaOverrides.NONE, Map.of("unlimitedCommands", true));
    assertThat(effective.quotas().actions())
        .containsEntry("commands", new ActionLimit(-1, 60_000))
        .containsEntry("sync", new ActionLimit(1, 86_400_000));
  }

  @Test
  void unlimitedCommandsMakeNoActionWhereThereIsNone() {
    Plan bare = new Plan("bare", Tier.C, Quotas.builder().build(), Map.of());
    EffectivePlan effective =
        EffectivePlan.of(bare, QuotaOverrides.NONE, Map.of("unlimitedCommands", true));
    assertThat(effective.quotas().actions()).isEmpty();
    assertThat(new Plans(List.of(bare)).find("bare")).contains(bare);
  }

  @Test
  void goingFromFreeToProHoldsAtOnce() {
    EffectivePlan pro = EffectivePlan.of(plan("pro"), QuotaOverrides.NONE, Map.of());
    assertThat(pro.plan().tier()).isEqualTo(Tier.B);
    assertThat(pro.quotas().actions().get("commands").limit()).isEqualTo(100);
    assertThat(pro.features()).containsEntry("advancedAnalytics", true);
  }
}
