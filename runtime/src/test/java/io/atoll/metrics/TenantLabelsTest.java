package io.atoll.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TenantLabelsTest {
  @Test
  void aFreeLabelGoesToTheFirstWhoComes() {
    var labels = new TenantLabels(2);

    assertThat(labels.weigh("a", 1)).isEqualTo("a");
    assertThat(labels.weigh("b", 1)).isEqualTo("b");
    assertThat(labels.weigh("c", 1)).isEqualTo(TenantLabels.OTHER);
  }

  @Test
  void theHeaviestTakeTheLabels() {
    var labels = new TenantLabels(2);
    labels.weigh("light", 1);
    labels.weigh("heavy", 100);
    labels.weigh("heavier", 1000);

    labels.review();

    assertThat(labels.holders()).containsExactlyInAnyOrder("heavy", "heavier");
  }

  @Test
  void aHolderKeepsItsLabelAgainstOneThatIsNotTwiceAsHeavy() {
    var labels = new TenantLabels(1);
    labels.weigh("holder", 10);
    labels.weigh("other", 20);

    labels.review();
    assertThat(labels.holders()).containsExactly("holder");

    labels.weigh("other", 20);
    labels.review();
    assertThat(labels.holders()).containsExactly("other");
  }

  @Test
  void thePastFades() {
    var labels = new TenantLabels(1);
    labels.weigh("early", 1_000_000);
    for (int minute = 0; minute < 30; minute++) {
      labels.weigh("late", 100);
      labels.review();
    }

    assertThat(labels.holders()).containsExactly("late");
  }

  @Test
  void aLabelThatNobodyWantsStaysWhereItIs() {
    var labels = new TenantLabels(3);
    labels.weigh("a", 1);

    for (int minute = 0; minute < 30; minute++) {
      labels.review();
    }

    assertThat(labels.holders()).containsExactly("a");
  }
}
