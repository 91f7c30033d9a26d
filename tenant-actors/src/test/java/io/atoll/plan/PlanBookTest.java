package io.atoll.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.atoll.plan.PlanStore.Snapshot;
import io.atoll.plan.PlanStore.Stored;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanBookTest {
  private final PlanBook book = new PlanBook();

  @Test
  void aNodeStartsWithTheBuiltInPlans() {
    assertThat(book.all())
        .extracting(listed -> listed.plan().name(), ListedPlan::source, ListedPlan::version)
        .containsExactly(
            tuple("free", PlanSource.BUILT_IN, 1L),
            tuple("pro", PlanSource.BUILT_IN, 1L),
            tuple("enterprise", PlanSource.BUILT_IN, 1L));
    assertThat(book.revision()).isZero();
  }

  @Test
  void theConfigurationGoesOverTheBuiltInAndWhatIsStoredOverBoth() {
    assertThat(book.configure(List.of(plan("pro", 2), plan("gold", 3)))).isTrue();
    assertThat(source("pro")).isEqualTo(PlanSource.CONFIGURATION);
    assertThat(operations("pro")).isEqualTo(2);
    assertThat(operations("gold")).isEqualTo(3);

    assertThat(book.store(new Snapshot(7, List.of(new Stored(plan("pro", 4), 7))))).isTrue();
    assertThat(source("pro")).isEqualTo(PlanSource.STORED);
    assertThat(operations("pro")).isEqualTo(4);
    assertThat(book.find("pro").orElseThrow().version()).isEqualTo(8);
    assertThat(book.revision()).isEqualTo(7);

    assertThat(book.configure(List.of())).isTrue();
    assertThat(operations("pro")).isEqualTo(4);
    assertThat(book.find("gold")).isEmpty();
    assertThat(book.get().find("gold")).isEmpty();
  }

  @Test
  void whatChangesNothingIsSaidToChangeNothing() {
    assertThat(book.configure(List.of())).isFalse();
    assertThat(book.configure(List.of(Plans.builtIn().find("pro").orElseThrow()))).isFalse();
    book.store(new Snapshot(1, List.of(new Stored(plan("pro", 4), 1))));

    assertThat(book.configure(List.of(plan("pro", 9)))).isFalse();
    assertThat(book.store(new Snapshot(2, List.of(new Stored(plan("pro", 4), 2))))).isFalse();
    assertThat(book.revision()).isEqualTo(2);
  }

  @Test
  void whatWasReadBeforeANewerRevisionIsPassedOver() {
    book.store(new Snapshot(2, List.of(new Stored(plan("pro", 4), 2))));

    assertThat(book.store(new Snapshot(1, List.of(new Stored(plan("pro", 3), 1))))).isFalse();
    assertThat(operations("pro")).isEqualTo(4);
  }

  @Test
  void aDefinitionStartsFromThePlanOfItsNameBeneathWhatIsStored() {
    book.configure(List.of(plan("pro", 2)));
    book.store(new Snapshot(1, List.of(new Stored(plan("pro", 4), 1))));

    assertThat(book.base("pro")).isEqualTo(plan("pro", 2));
    assertThat(book.base("gold"))
        .isEqualTo(Plans.builtIn().find("free").orElseThrow().named("gold"));
  }

  @Test
  void plansOfNewNamesComeAfterTheBuiltInOnesByName() {
    book.configure(List.of(plan("silver", 1), plan("gold", 1)));

    assertThat(book.all())
        .extracting(listed -> listed.plan().name())
        .containsExactly("free", "pro", "enterprise", "gold", "silver");
  }

  @Test
  void namesAreThoseOfIds() {
    assertThat(List.of("a", "gold-2", "9", "a".repeat(63))).allMatch(Plan::isName);
    assertThat(List.of("", "-a", "a-", "Gold", "a.b", "a b", "a".repeat(64)))
        .noneMatch(Plan::isName);
  }

  private long operations(String name) {
    return book.get().find(name).orElseThrow().quotas().limit(Quota.OPS_PER_SECOND);
  }

  private PlanSource source(String name) {
    return book.find(name).orElseThrow().source();
  }

  private static Plan plan(String name, long operations) {
    Quotas quotas = Quotas.builder().limit(Quota.OPS_PER_SECOND, operations).build();
    return new Plan(name, Tier.B, quotas, Map.of());
  }
}
