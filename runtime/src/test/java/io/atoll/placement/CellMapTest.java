package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CellMapTest {
  private static final Set<String> BOTH = Set.of("a:1", "b:2");

  private final CellMap cells = new CellMap();

  @Test
  void untilTheCoordinatorHasSpokenNobodyKnowsWhatMoves() {
    assertThat(cells.toMove(BOTH, Set.of(), Map.of())).isNegative();
  }

  @Test
  void cellsThatAreWhereTheyBelongDoNotMove() {
    cells.set(Map.of("a:1", List.of("1", "2"), "b:2", List.of("3")), null);

    assertThat(cells.toMove(BOTH, Set.of(), Map.of())).isZero();
  }

  @Test
  void aNodeThatHasJustComeStillGetsItsShare() {
    cells.set(Map.of("a:1", List.of("1", "2", "3", "4")), null);

    assertThat(cells.toMove(BOTH, Set.of(), Map.of())).isEqualTo(2);
  }

  @Test
  void aCellThatIsAskedForMuchMakesUpForMany() {
    Map<String, List<String>> now = Map.of("a:1", List.of("1", "2", "3", "4"), "b:2", List.of("5"));

    cells.set(now, Map.of("5", 5_000));
    assertThat(cells.toMove(BOTH, Set.of(), Map.of())).isZero();
    cells.set(now, Map.of());
    assertThat(cells.toMove(BOTH, Set.of(), Map.of())).isEqualTo(1);
  }

  @Test
  void theCellsOfANodeThatLeavesOrIsGoneHaveToMove() {
    cells.set(Map.of("a:1", List.of("1", "2"), "b:2", List.of("3")), null);

    assertThat(cells.toMove(BOTH, Set.of("b:2"), Map.of())).isEqualTo(1);
    assertThat(cells.toMove(Set.of("b:2"), Set.of(), Map.of())).isEqualTo(2);
  }
}
