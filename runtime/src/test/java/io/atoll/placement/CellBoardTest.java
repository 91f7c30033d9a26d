package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class CellBoardTest {
  private static final String A = "a:1";
  private static final String B = "b:1";
  private static final String C = "c:1";

  @Test
  void aNewCellGoesWhereThereAreFewest() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 3), B, cells(3, 4), C, cells(4, 6));

    assertThat(new CellBoard(nodes, Set.of(), Map.of()).home("x")).isEqualTo(B);
  }

  @Test
  void aNewCellDoesNotGoToANodeThatLeaves() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 3), B, List.of());

    assertThat(new CellBoard(nodes, Set.of(B), Map.of()).home("x")).isEqualTo(A);
  }

  @Test
  void theLastNodeKeepsItsCellsAlthoughItLeaves() {
    CellBoard board = new CellBoard(Map.of(A, cells(0, 3)), Set.of(A), Map.of());

    assertThat(board.moves(10)).isEmpty();
    assertThat(board.home("x")).isEqualTo(A);
  }

  @Test
  void aPinnedCellGoesToItsNodeAndElsewhereOnlyWhileThatIsAway() {
    String pinned = PinnedCell.of("acme", A).cell();
    Map<String, List<String>> nodes = Map.of(A, cells(0, 9), B, List.of());

    assertThat(new CellBoard(nodes, Set.of(), Map.of()).home(pinned)).isEqualTo(A);
    assertThat(new CellBoard(nodes, Set.of(A), Map.of()).home(pinned)).isEqualTo(B);
    assertThat(new CellBoard(Map.of(A, List.of(), B, List.of(pinned)), Set.of(), Map.of()).moves(9))
        .containsExactly(new CellMove(pinned, B, A));
  }

  @Test
  void aCellGoesToANodeOfItsTier() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 9), B, List.of(), C, List.of());
    Map<String, Set<Tier>> tiers = Map.of(A, Set.of(Tier.A), B, Set.of(Tier.B, Tier.C));

    CellBoard board = new CellBoard(nodes, Set.of(C), tiers);
    assertThat(board.home("A-7")).isEqualTo(A);
    assertThat(board.home("B-7")).isEqualTo(B);
    assertThat(board.home("7")).isEqualTo(B);
    assertThat(new CellBoard(nodes, Set.of(), tiers).moves(4))
        .hasSize(4)
        .allSatisfy(move -> assertThat(move.from()).isEqualTo(A))
        .extracting(CellMove::to)
        .containsOnly(B, C);
  }

  @Test
  void aTierWithoutANodeIsServedByAll() {
    Map<String, Set<Tier>> tiers = Map.of(A, Set.of(Tier.B), B, Set.of(Tier.B));
    Map<String, List<String>> nodes = Map.of(A, List.of("A-1"), B, List.of());

    assertThat(new CellBoard(nodes, Set.of(), tiers).home("A-2")).isEqualTo(B);
    assertThat(new CellBoard(nodes, Set.of(), tiers).moves(4)).isEmpty();
  }

  @Test
  void nodesOfATierAreMadeAlikeAlthoughAnotherHasMore() {
    Map<String, Set<Tier>> tiers = Map.of(A, Set.of(Tier.A), B, Set.of(Tier.C), C, Set.of(Tier.C));
    Map<String, List<String>> nodes =
        Map.of(
            A, IntStream.range(0, 40).mapToObj(cell -> "A-" + cell).toList(),
            B, cells(0, 10),
            C, List.of());

    assertThat(new CellBoard(nodes, Set.of(), tiers).moves(100))
        .hasSize(5)
        .allSatisfy(move -> {
          assertThat(move.from()).isEqualTo(B);
          assertThat(move.to()).isEqualTo(C);
        });
  }

  @Test
  void nodesThatAreAlikeAreLeftAlone() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 10), B, cells(10, 19), C, cells(19, 28));

    assertThat(new CellBoard(nodes, Set.of(), Map.of()).moves(10)).isEmpty();
  }

  @Test
  void aNodeWithFewBusyCellsGetsNoMoreOfThem() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 3), B, cells(3, 12));
    CellWeights busy = CellWeights.of(Map.of("0", 5_000, "1", 5_000, "2", 5_000), 12);

    assertThat(new CellBoard(nodes, Set.of(), Map.of(), busy).moves(10)).isEmpty();
  }

  @Test
  void aLittleUseMovesNothing() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 40), B, cells(40, 80));
    CellWeights quiet = CellWeights.of(Map.of("1", 250), 80);

    assertThat(new CellBoard(nodes, Set.of(), Map.of(), quiet).moves(10)).isEmpty();
  }

  @Test
  void aNodeThatHasJustStartedGetsTheCellsFirstThatAreAskedForLeast() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 40), B, cells(40, 51));
    CellWeights busy = CellWeights.of(Map.of("3", 2_500, "30", 2_500), 51);

    List<CellMove> moves = new CellBoard(nodes, Set.of(), Map.of(), busy).moves(3);

    assertThat(moves).hasSize(3);
    assertThat(moves.getFirst().cell()).isNotIn("3", "30");
    assertThat(moves.subList(1, 3)).extracting(CellMove::cell).containsAnyOf("3", "30");
  }

  @Test
  void aNodeThatLeavesGivesTheCellsFirstThatAreAskedForLeast() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 9), B, List.of());
    CellWeights busy = CellWeights.of(Map.of("0", 2_500, "4", 10), 9);

    assertThat(new CellBoard(nodes, Set.of(A), Map.of(), busy).moves(9))
        .extracting(CellMove::cell)
        .containsExactly("1", "2", "3", "5", "6", "7", "8", "4", "0");
  }

  @Test
  void aCellThatIsAskedForMuchMovesAlone() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 9), B, cells(9, 21));
    CellWeights busy = CellWeights.of(Map.of("0", 2_500), 21);

    assertThat(new CellBoard(Map.of(A, List.of("0"), B, cells(9, 21)), Set.of(A), Map.of(), busy))
        .satisfies(last -> assertThat(last.round(3)).containsExactly(new CellMove("0", A, B)));
    assertThat(new CellBoard(nodes, Set.of(A), Map.of(), busy).round(9))
        .extracting(CellMove::cell)
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
  }

  @Test
  void aCellThatIsAskedForMuchMovesAloneAlsoWhenItIsTheFirst() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 30), B, cells(30, 44));
    CellWeights busy = CellWeights.of(Map.of("0", 1_000), 44);

    assertThat(new CellBoard(nodes, Set.of(), Map.of(), busy).moves(3)).hasSizeGreaterThan(1);
    assertThat(new CellBoard(nodes, Set.of(), Map.of(), busy).round(3))
        .containsExactly(new CellMove("0", A, B));
  }

  @Test
  void cellsThatAreAskedForAlikeMoveTogether() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 9), B, cells(9, 21));

    assertThat(new CellBoard(nodes, Set.of(A), Map.of()).round(3)).hasSize(3);
  }

  @Test
  void ofTwoBusyCellsOnOneNodeOneMoves() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 6), B, cells(6, 12));
    CellWeights busy = CellWeights.of(Map.of("1", 5_000, "4", 5_000), 12);

    assertThat(new CellBoard(nodes, Set.of(), Map.of(), busy).moves(10))
        .hasSize(1)
        .first()
        .satisfies(move -> assertThat(move.cell()).isIn("1", "4"));
  }

  @Test
  void aBusyCellThatWouldOnlyTakeItsLoadWithItStaysAndOthersMakeRoom() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 6), B, cells(6, 12));
    CellWeights busy = CellWeights.of(Map.of("1", 5_000), 12);

    assertThat(new CellBoard(nodes, Set.of(), Map.of(), busy).moves(20))
        .isNotEmpty()
        .allSatisfy(move -> {
          assertThat(move.cell()).isNotEqualTo("1");
          assertThat(move.from()).isEqualTo(A);
        });
  }

  @Test
  void whileNobodyKnowsTheLoadNodesAreNotMadeAlikeButThoseThatLeaveAreEmptied() {
    Map<String, List<String>> nodes = Map.of(A, cells(0, 9), B, List.of());
    CellWeights unknown = CellWeights.of(null, 9);

    assertThat(new CellBoard(nodes, Set.of(), Map.of(), unknown).moves(10)).isEmpty();
    assertThat(new CellBoard(nodes, Set.of(A), Map.of(), unknown).moves(10)).hasSize(9);
  }

  @Property(tries = 300)
  void movesByLoadComeToAnEndAndEachMakesNodesMoreAlike(
      @ForAll("boards") Map<String, List<String>> nodes, @ForAll("rates") List<Integer> rates) {
    Map<String, List<String>> now = new TreeMap<>();
    nodes.forEach((node, cells) -> now.put(node, new ArrayList<>(cells)));
    int cells = now.values().stream().mapToInt(List::size).sum();
    Map<String, Integer> use = new HashMap<>();
    for (int cell = 0; cell < Math.min(cells, rates.size()); cell++) {
      use.put("c" + cell, rates.get(cell));
    }
    CellWeights weights = CellWeights.of(use, cells);

    List<CellMove> moves = new CellBoard(now, Set.of(), Map.of(), weights).moves(1);
    for (int count = 0; !moves.isEmpty(); count++) {
      assertThat(count).as("moves").isLessThan(1_000);
      CellMove move = moves.getFirst();
      double before = difference(now, move, weights);
      assertThat(now.get(move.from()).remove(move.cell())).as("%s", move).isTrue();
      now.get(move.to()).add(move.cell());
      assertThat(Math.abs(difference(now, move, weights))).isLessThan(before);
      moves = new CellBoard(now, Set.of(), Map.of(), weights).moves(1);
    }
  }

  private static double difference(
      Map<String, List<String>> nodes, CellMove move, CellWeights weights) {
    return load(nodes.get(move.from()), weights) - load(nodes.get(move.to()), weights);
  }

  private static double load(List<String> cells, CellWeights weights) {
    return cells.stream().mapToDouble(weights::of).sum();
  }

  @Provide
  Arbitrary<List<Integer>> rates() {
    return Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(0)),
            Tuple.of(2, Arbitraries.integers().between(1, 100)),
            Tuple.of(1, Arbitraries.integers().between(100, 50_000)))
        .list()
        .ofMaxSize(120);
  }

  @Property(tries = 300)
  void movesComeToAnEndWithEveryCellOnceAndNoneOnANodeThatLeaves(
      @ForAll("boards") Map<String, List<String>> nodes, @ForAll Set<Integer> leavingAt) {
    Map<String, List<String>> now = new TreeMap<>();
    nodes.forEach((node, cells) -> now.put(node, new ArrayList<>(cells)));
    Set<String> leaving = new HashSet<>();
    leavingAt.forEach(at -> leaving.add("n" + Math.floorMod(at, 5)));
    long cells = now.values().stream().mapToLong(List::size).sum();

    List<CellMove> moves = new CellBoard(now, leaving, Map.of()).moves(7);
    for (int rounds = 0; !moves.isEmpty(); rounds++) {
      assertThat(rounds).as("rounds").isLessThan(200);
      assertThat(moves).hasSizeLessThanOrEqualTo(7);
      for (CellMove move : moves) {
        assertThat(now.get(move.from()).remove(move.cell())).as("%s", move).isTrue();
        now.get(move.to()).add(move.cell());
      }
      moves = new CellBoard(now, leaving, Map.of()).moves(7);
    }

    assertThat(now.values().stream().flatMap(List::stream).distinct().count()).isEqualTo(cells);
    Set<String> staying = new HashSet<>(now.keySet());
    staying.removeAll(leaving);
    if (!staying.isEmpty()) {
      now.forEach((node, held) -> {
        if (leaving.contains(node)) {
          assertThat(held).as(node).isEmpty();
        }
      });
    }
    if (staying.size() == now.size()) {
      int most = staying.stream().mapToInt(node -> now.get(node).size()).max().orElseThrow();
      int least = staying.stream().mapToInt(node -> now.get(node).size()).min().orElseThrow();
      assertThat(most - least).isLessThanOrEqualTo(Math.max(1, (int) (0.1 * most)));
    }
  }

  @Provide
  Arbitrary<Map<String, List<String>>> boards() {
    return Arbitraries.integers()
        .between(0, 4)
        .list()
        .ofMinSize(0)
        .ofMaxSize(120)
        .flatMap(homes ->
            Arbitraries.integers()
                .between(1, 5)
                .map(count -> {
                  Map<String, List<String>> nodes = new HashMap<>();
                  IntStream.range(0, count).forEach(at -> nodes.put("n" + at, new ArrayList<>()));
                  for (int cell = 0; cell < homes.size(); cell++) {
                    nodes.get("n" + homes.get(cell) % count).add("c" + cell);
                  }
                  return nodes;
                }));
  }

  private static List<String> cells(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }
}
