package io.atoll.reload;

import static io.atoll.reload.PlanSamples.maps;
import static io.atoll.reload.PlanSamples.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.http.Configuration.PlanChange;
import io.atoll.map.Operation;
import io.atoll.plan.ListedPlan;
import io.atoll.plan.PlanBook;
import io.atoll.store.StoreRefusedException;
import io.atoll.tenant.HotRoom;
import io.atoll.tenant.HotTenants;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodePlansTest {
  private final MemoryPlanStore store = new MemoryPlanStore();
  private final AtomicInteger told = new AtomicInteger();
  private final NodePlans here = node();
  private final NodePlans there = node();

  @Test
  void aStoredPlanIsInForceHereAtOnceAndThereWhenItLooks() {
    PlanChange change = keep(here, 3, Operation.ANY);

    assertThat(change)
        .isInstanceOfSatisfying(
            PlanChange.Kept.class,
            kept -> {
              assertThat(kept.created()).isTrue();
              assertThat(kept.plan().version()).isEqualTo(2);
            });
    assertThat(maps(here.book(), "gold")).isEqualTo(3);
    assertThat(maps(there.book(), "gold")).isEqualTo(-2);

    there.refresh().toCompletableFuture().join();
    assertThat(maps(there.book(), "gold")).isEqualTo(3);
  }

  @Test
  void tenantsAreToldOnceOfEachChange() {
    keep(here, 3, Operation.ANY);
    assertThat(told).hasValue(1);
    here.refresh().toCompletableFuture().join();
    keep(here, 3, Operation.ANY);
    assertThat(told).hasValue(1);
    here.configure(List.of(plan("silver", 1)));
    here.configure(List.of(plan("silver", 1)));
    assertThat(told).hasValue(2);
  }

  @Test
  void aLookAtAStoreWithoutChangesReadsItsRevisionOnly() {
    keep(here, 3, Operation.ANY);
    int before = store.reads();

    here.refresh().toCompletableFuture().join();
    assertThat(store.reads()).isEqualTo(before + 1);
  }

  @Test
  void aConditionIsHeldAgainstWhatIsStoredAndNotAgainstWhatThisNodeKnows() {
    keep(here, 3, Operation.ANY);

    assertThat(keep(there, 4, Operation.ABSENT)).isInstanceOf(PlanChange.Mismatch.class);
    assertThat(keep(there, 4, 1)).isInstanceOf(PlanChange.Mismatch.class);
    assertThat(keep(there, 4, 2)).isInstanceOf(PlanChange.Kept.class);
    assertThat(keep(here, 5, 2)).isInstanceOf(PlanChange.Mismatch.class);
    assertThat(keep(here, 5, Operation.PRESENT)).isInstanceOf(PlanChange.Kept.class);
    assertThat(maps(here.book(), "gold")).isEqualTo(5);
  }

  @Test
  void thePlanBeforeIsTheOneThatWasStoredAndNotTheOneThisNodeKnows() {
    keep(there, 3, Operation.ANY);

    assertThat(keep(here, 4, Operation.ANY))
        .isInstanceOfSatisfying(
            PlanChange.Kept.class,
            kept -> assertThat(kept.before()).map(ListedPlan::version).contains(2L));
  }

  @Test
  void aPlanThatIsNotThereCannotBeRequiredToBe() {
    assertThat(keep(here, 3, Operation.PRESENT)).isInstanceOf(PlanChange.Mismatch.class);
    assertThat(keep(here, 3, Operation.ABSENT)).isInstanceOf(PlanChange.Kept.class);
  }

  @Test
  void aChangeThatAnotherNodeOvertakesIsMadeUponIt() {
    store.between(() -> there.keep(plan("silver", 8), Operation.ANY));

    assertThat(keep(here, 3, Operation.ANY)).isInstanceOf(PlanChange.Kept.class);
    assertThat(maps(here.book(), "silver")).isEqualTo(8);
    assertThat(maps(here.book(), "gold")).isEqualTo(3);
  }

  @Test
  void anOvertakenChangeLosesIfItsConditionDoesNotHoldAnyMore() {
    store.between(() -> there.keep(plan("gold", 8), Operation.ANY));

    assertThat(keep(here, 3, Operation.ABSENT)).isInstanceOf(PlanChange.Mismatch.class);
    assertThat(maps(here.book(), "gold")).isEqualTo(8);
  }

  @Test
  void whoIsOvertakenAgainAndAgainGivesUp() {
    overtakeForever();

    assertThat(keep(here, 3, Operation.ANY)).isInstanceOf(PlanChange.Contended.class);
  }

  private void overtakeForever() {
    store.between(() -> {
      there.keep(plan("silver", store.reads()), Operation.ANY);
      overtakeForever();
    });
  }

  @Test
  void aNodeDoesNotStartWithoutTheStoredPlans() {
    store.down(true);

    assertThatThrownBy(() ->
            NodePlans.open(
                new PlanBook(), store, List.of(), new HotTenants(new HotRoom(1, () -> 0))))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("the store is down");
  }

  @Test
  void aNodeStartsWithTheStoredPlansOverThoseOfItsConfiguration() {
    keep(here, 3, Operation.ANY);
    NodePlans started =
        NodePlans.open(
            new PlanBook(),
            store,
            List.of(plan("gold", 9), plan("silver", 9)),
            new HotTenants(new HotRoom(1, () -> 0)));

    assertThat(maps(started.book(), "gold")).isEqualTo(3);
    assertThat(maps(started.book(), "silver")).isEqualTo(9);
  }

  private static PlanChange keep(NodePlans node, long maps, long condition) {
    return node.keep(plan("gold", maps), condition).toCompletableFuture().join();
  }

  private NodePlans node() {
    return new NodePlans(new PlanBook(), store, told::incrementAndGet);
  }
}
