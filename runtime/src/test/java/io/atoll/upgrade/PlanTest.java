package io.atoll.upgrade;

import static io.atoll.upgrade.Views.BEGUN;
import static io.atoll.upgrade.Views.node;
import static io.atoll.upgrade.Views.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.upgrade.Plan.Planned;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
  /** The first is the oldest. */
  private static final ClusterView VIEW =
      whole(node("a:1", "1", -100), node("b:1", "1", -90), node("c:1", "1", -80));

  @Test
  void theOldestIsTheLast() {
    assertThat(addresses(plan(List.of()))).containsExactly("b:1", "c:1", "a:1");
    assertThat(addresses(plan(List.of("c:1", "a:1", "b:1")))).containsExactly("c:1", "b:1", "a:1");
    assertThat(addresses(plan(List.of("c:1")))).containsExactly("c:1");
  }

  @Test
  void onlyNodesThatAreThereArePlannedOnce() {
    assertThatThrownBy(() -> plan(List.of("x:1"))).hasMessageContaining("x:1", "a:1, b:1, c:1");
    assertThatThrownBy(() -> plan(List.of("c:1", "c:1"))).hasMessageContaining("twice");
  }

  @Test
  void aPlanThatIsThereIsTakenUp() {
    Plan before = plan(List.of("b:1"));

    assertThat(takeUp(before, List.of(), Optional.empty())).isEqualTo(before);
    assertThat(takeUp(before, List.of("b:1"), Optional.empty())).isEqualTo(before);
  }

  @Test
  void aPlanOfAnotherClusterOrPurposeIsNotTakenUp() {
    Plan before = plan(List.of("b:1"));
    Plan elsewhere =
        new Plan(BEGUN, Optional.empty(), List.of(new Planned("z:1", BEGUN)), Optional.empty());

    assertThatThrownBy(() -> takeUp(elsewhere, List.of(), Optional.empty()))
        .hasMessageContaining("another cluster");
    assertThatThrownBy(() -> takeUp(before, List.of("c:1"), Optional.empty()))
        .hasMessageContaining("other nodes: b:1");
    assertThatThrownBy(() -> takeUp(before, List.of(), Optional.of("2")))
        .hasMessageContaining("no version in particular");
  }

  private static Plan plan(List<String> named) {
    return Plan.of(VIEW, named, Optional.empty(), BEGUN);
  }

  private static Plan takeUp(Plan before, List<String> named, Optional<String> to) {
    return Plan.takeUp(Optional.of(before), VIEW, named, to, BEGUN);
  }

  private static List<String> addresses(Plan plan) {
    return plan.nodes().stream().map(Planned::address).toList();
  }
}
