package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QuotaOverridesTest {
  private static final Quotas PLAN =
      Quotas.builder()
          .limit(Quota.OPS_PER_SECOND, 100)
          .limit(Quota.MAPS, 10)
          .action("commands", new ActionLimit(10, 60_000))
          .action("sync", new ActionLimit(1, 86_400_000))
          .build();

  private static QuotaOverrides own(Quota quota, long limit) {
    return new QuotaOverrides(Map.of(quota, limit), Map.of());
  }

  private static QuotaPatch patch(Quota quota, long limit) {
    return new QuotaPatch(Map.of(quota, Optional.of(limit)), Map.of());
  }

  @Test
  void withoutOverridesThePlanIsInForce() {
    assertThat(QuotaOverrides.NONE.over(PLAN)).isEqualTo(PLAN);
  }

  @Test
  void anOwnLimitStandsInPlaceOfThePlansAndNoOtherChanges() {
    Quotas inForce = own(Quota.BYTES_PER_SECOND, 10 << 20).over(PLAN);
    assertThat(inForce).isEqualTo(PLAN.toBuilder().limit(Quota.BYTES_PER_SECOND, 10 << 20).build());
  }

  @Test
  void theBurstFollowsOwnOperations() {
    assertThat(own(Quota.OPS_PER_SECOND, 7).over(PLAN).limit(Quota.BURST)).isEqualTo(7);
  }

  @Test
  void anOwnBurstIsKept() {
    assertThat(own(Quota.BURST, 500).over(PLAN).limit(Quota.BURST)).isEqualTo(500);
    QuotaOverrides both =
        new QuotaOverrides(Map.of(Quota.OPS_PER_SECOND, 7L, Quota.BURST, 500L), Map.of());
    assertThat(both.over(PLAN).limit(Quota.BURST)).isEqualTo(500);
    assertThat(both.over(PLAN).limit(Quota.OPS_PER_SECOND)).isEqualTo(7);
  }

  @Test
  void anOwnActionStandsBesideOrInPlaceOfThePlans() {
    ActionLimit commands = new ActionLimit(99, 1000);
    ActionLimit exports = new ActionLimit(3, 5000);
    QuotaOverrides own =
        new QuotaOverrides(Map.of(), Map.of("commands", commands, "exports", exports));
    assertThat(own.over(PLAN).actions())
        .containsExactly(
            Map.entry("commands", commands),
            Map.entry("exports", exports),
            Map.entry("sync", new ActionLimit(1, 86_400_000)));
  }

  @Test
  void aPatchSetsWhatItNamesAndKeepsTheRest() {
    QuotaOverrides patched = own(Quota.MAPS, 5).merge(patch(Quota.TOPICS, 6));
    assertThat(patched.limits()).isEqualTo(Map.of(Quota.MAPS, 5L, Quota.TOPICS, 6L));
    assertThat(patched.merge(patch(Quota.MAPS, 0)).limits())
        .isEqualTo(Map.of(Quota.MAPS, 0L, Quota.TOPICS, 6L));
  }

  @Test
  void anEmptyPatchValueGoesBackToThePlan() {
    QuotaPatch remove = new QuotaPatch(Map.of(Quota.MAPS, Optional.empty()), Map.of());
    assertThat(own(Quota.MAPS, 5).merge(remove)).isEqualTo(QuotaOverrides.NONE);
  }

  @Test
  void actionsAnewAreOnlyThoseThatThePatchNames() {
    ActionLimit exports = new ActionLimit(3, 5000);
    QuotaOverrides own =
        new QuotaOverrides(Map.of(Quota.MAPS, 5L), Map.of("commands", new ActionLimit(9, 1000)));
    QuotaPatch anew = new QuotaPatch(Map.of(), Map.of("exports", Optional.of(exports)), true);
    assertThat(own.merge(anew))
        .isEqualTo(new QuotaOverrides(Map.of(Quota.MAPS, 5L), Map.of("exports", exports)));
  }

  @Test
  void valuesThatNoLimitCanHaveAreRejected() {
    assertThatThrownBy(() -> own(Quota.MAPS, -2)).hasMessageStartingWith("maps must be");
    assertThatThrownBy(() -> own(Quota.MAPS, 1L << 53)).hasMessageStartingWith("maps must be");
    assertThatThrownBy(() -> patch(Quota.TOPICS, -2)).hasMessageStartingWith("topics must be");
    assertThatThrownBy(() -> Quotas.builder().limit(Quota.MAPS, -2))
        .hasMessageStartingWith("maps must be");
    assertThat(own(Quota.MAPS, (1L << 53) - 1).limits()).containsKey(Quota.MAPS);
  }

  @Test
  void namesThatNoActionCanHaveAreRejected() {
    Map<String, ActionLimit> spaced = Map.of("a b", new ActionLimit(1, 1));
    Map<String, Optional<ActionLimit>> none = Map.of("", Optional.empty());
    assertThatThrownBy(() -> new QuotaOverrides(Map.of(), spaced))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QuotaPatch(Map.of(), none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Quotas.builder().action("x".repeat(65), new ActionLimit(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anActionsWindowIsOneMillisecondToAYearAndADay() {
    assertThat(new ActionLimit(1, ActionLimit.MAX_WINDOW_MS).windowMs()).isEqualTo(31_622_400_000L);
    assertThatThrownBy(() -> new ActionLimit(1, 0)).hasMessageStartingWith("windowMs");
    assertThatThrownBy(() -> new ActionLimit(1, ActionLimit.MAX_WINDOW_MS + 1))
        .hasMessageStartingWith("windowMs");
    assertThatThrownBy(() -> new ActionLimit(-2, 1)).hasMessageStartingWith("limit");
  }

  @Test
  void whatWasHandedInMayChangeLater() {
    Map<Quota, Long> limits = new HashMap<>(Map.of(Quota.MAPS, 5L));
    QuotaOverrides own = new QuotaOverrides(limits, Map.of());
    limits.put(Quota.MAPS, 6L);
    assertThat(own.limits()).isEqualTo(Map.of(Quota.MAPS, 5L));
  }

  @Test
  void quotasAreEqualByTheirLimits() {
    Quotas same = PLAN.toBuilder().build();
    assertThat(same).isEqualTo(PLAN).hasSameHashCodeAs(PLAN).hasToString(PLAN.toString());
    assertThat(PLAN.toBuilder().limit(Quota.MAPS, 11).build()).isNotEqualTo(PLAN);
    assertThat(PLAN.toBuilder().action("x", new ActionLimit(1, 1)).build()).isNotEqualTo(PLAN);
    assertThat(PLAN).isNotEqualTo("quotas");
  }

  @Test
  void aCapIsCheckedWithWhatIsThere() {
    Quotas quotas = Quotas.builder().limit(Quota.TOPICS, 100).limit(Quota.PARTITIONS, 50).build();
    assertThat(quotas.check(Quota.PARTITIONS, 0, 30)).isNull();
    assertThat(quotas.check(Quota.PARTITIONS, 30, 15)).isNull();
    assertThat(quotas.check(Quota.PARTITIONS, 45, 10))
        .isEqualTo(new Denial("partitions", 45, 50, Denial.NEVER, true));
    assertThat(quotas.check(Quota.PARTITIONS, 60, 0)).isNull();
    assertThat(quotas.check(Quota.MAPS, 1_000_000, 1)).isNull();
  }

  @Test
  void everyQuotaIsFoundByItsName() {
    for (Quota quota : Quota.values()) {
      assertThat(Quota.byName(quota.apiName())).contains(quota);
      assertThat(quota.isRate() && quota.isCap()).isFalse();
    }
    assertThat(Quota.byName("OPS_PER_SECOND")).isEmpty();
    assertThat(Quota.BURST.isRate() || Quota.RETENTION_HOURS.isCap()).isFalse();
  }

  @Test
  void utilizationIsInPercent() {
    assertThat(QuotaUsage.percent(50, 100)).isEqualTo(50.0);
    assertThat(QuotaUsage.percent(3, 10)).isEqualTo(30.0);
    assertThat(QuotaUsage.percent(5, -1)).isZero();
    assertThat(QuotaUsage.percent(0, 0)).isEqualTo(100.0);
    assertThat(QuotaUsage.percent(15, 10)).isEqualTo(150.0);
  }

  @Property
  void settingAndThenRemovingIsNoChange(
      @ForAll("limits") Map<Quota, Long> before, @ForAll("limits") Map<Quota, Long> set) {
    QuotaOverrides start = new QuotaOverrides(before, Map.of());
    Map<Quota, Optional<Long>> setting = new EnumMap<>(Quota.class);
    Map<Quota, Optional<Long>> undoing = new EnumMap<>(Quota.class);
    set.forEach((quota, limit) -> {
      setting.put(quota, Optional.of(limit));
      undoing.put(quota, Optional.ofNullable(before.get(quota)));
    });
    QuotaOverrides changed = start.merge(new QuotaPatch(setting, Map.of()));
    assertThat(changed.limits()).containsAllEntriesOf(set);
    assertThat(changed.merge(new QuotaPatch(undoing, Map.of()))).isEqualTo(start);
  }

  @Property
  void removingEverythingLeavesThePlan(@ForAll("overrides") QuotaOverrides overrides) {
    Map<Quota, Optional<Long>> limits = new EnumMap<>(Quota.class);
    Map<String, Optional<ActionLimit>> actions = new HashMap<>();
    overrides.limits().keySet().forEach(quota -> limits.put(quota, Optional.empty()));
    overrides.actions().keySet().forEach(action -> actions.put(action, Optional.empty()));
    assertThat(overrides.merge(new QuotaPatch(limits, actions))).isEqualTo(QuotaOverrides.NONE);
    assertThat(overrides.merge(QuotaPatch.NONE)).isEqualTo(overrides);
    assertThat(overrides.merge(QuotaPatch.REMOVE_ALL)).isEqualTo(QuotaOverrides.NONE);
  }

  @Provide
  Arbitrary<Map<Quota, Long>> limits() {
    Arbitrary<Long> limit = Arbitraries.longs().between(-1, Quota.MAX_LIMIT);
    return Arbitraries.maps(Arbitraries.of(Quota.class), limit);
  }

  @Provide
  Arbitrary<QuotaOverrides> overrides() {
    Arbitrary<ActionLimit> limit =
        Arbitraries.longs().between(-1, 100).map(value -> new ActionLimit(value, 1000));
    Arbitrary<String> name = Arbitraries.strings().withCharRange('a', 'e').ofLength(2);
    return Combinators.combine(limits(), Arbitraries.maps(name, limit)).as(QuotaOverrides::new);
  }
}
