package io.atoll.directory;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Plan;
import io.atoll.plan.PlanStore;
import io.atoll.plan.PlanStore.Snapshot;
import io.atoll.plan.PlanStore.Stored;
import io.atoll.plan.Plans;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of plans promises. */
public abstract class PlanStoreContract {
  protected abstract PlanStore store();

  @Test
  void nothingIsStoredAtFirst() {
    assertThat(result(store().revision())).isZero();
    assertThat(result(store().read())).isEqualTo(Snapshot.EMPTY);
  }

  @Test
  void plansComeBackAsTheyWereWithTheRevisionOfTheirLastChange() {
    assertThat(result(store().keep(plan("gold", 5), 0))).isTrue();
    assertThat(result(store().keep(enterprise(), 1))).isTrue();
    assertThat(result(store().keep(plan("gold", 7), 2))).isTrue();

    assertThat(result(store().revision())).isEqualTo(3);
    Snapshot snapshot = result(store().read());
    assertThat(snapshot.revision()).isEqualTo(3);
    assertThat(snapshot.plans())
        .containsExactlyInAnyOrder(new Stored(plan("gold", 7), 3), new Stored(enterprise(), 2));
  }

  @Test
  void whoHasSeenAnOlderRevisionChangesNothing() {
    result(store().keep(plan("gold", 5), 0));
    result(store().keep(plan("gold", 6), 1));

    assertThat(result(store().keep(plan("gold", 7), 1))).isFalse();
    assertThat(result(store().keep(plan("silver", 7), 0))).isFalse();
    assertThat(result(store().keep(plan("silver", 7), 3))).isFalse();

    assertThat(result(store().read()))
        .isEqualTo(new Snapshot(2, List.of(new Stored(plan("gold", 6), 2))));
  }

  @Test
  void ofManyWhoChangeAtOnceOneWins() {
    List<CompletionStage<Boolean>> attempts =
        IntStream.range(0, 8)
            .mapToObj(number -> store().keep(plan("plan-" + number, number), 0))
            .toList();

    assertThat(attempts.stream().filter(attempt -> result(attempt)).count()).isOne();
    assertThat(result(store().read()).plans()).hasSize(1);
  }

  private static Plan plan(String name, long operations) {
    Quotas quotas =
        Quotas.builder()
            .limit(Quota.OPS_PER_SECOND, operations)
            .limit(Quota.STORAGE_BYTES, Quota.MAX_LIMIT)
            .action("commands", new ActionLimit(3, 1_000))
            .build();
    return new Plan(
        name, Tier.B, quotas, Map.of("customBranding", true, "advancedAnalytics", false));
  }

  private static Plan enterprise() {
    return Plans.builtIn().find(Plans.ENTERPRISE).orElseThrow();
  }
}
