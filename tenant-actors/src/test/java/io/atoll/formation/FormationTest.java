package io.atoll.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormationTest {
  private final Formation formation = new Formation(7, Map.of("b:1", 6L, "a:1", 5L));

  @Test
  void aNodeIsNotOneOfTheOthers() {
    assertThat(formation.others("a:1")).containsExactly("b:1");
    assertThat(formation.others("c:1")).containsExactly("a:1", "b:1");
  }

  @Test
  void aClusterIsTheOneThatItsMembersSayTheyBelongTo() {
    assertThat(formation.numberOf(List.of("a:1", "c:1"))).hasValue(5);
  }

  @Test
  void ofWhatItsMembersSayTheLastCounts() {
    assertThat(formation.numberOf(List.of("a:1", "b:1"))).hasValue(6);
  }

  @Test
  void aClusterOfWhichNobodySaysAnythingIsNotKnown() {
    assertThat(formation.numberOf(List.of("c:1"))).isEmpty();
  }
}
