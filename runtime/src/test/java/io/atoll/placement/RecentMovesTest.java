package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentMovesTest {
  private final RecentMoves moves = new RecentMoves();

  @Test
  void theNewestComesFirstAndTheOldestGo() {
    IntStream.range(0, RecentMoves.MOST + 5).forEach(number -> moves.add(move(number)));
    assertThat(moves.now()).hasSize(RecentMoves.MOST).startsWith(move(RecentMoves.MOST + 4));
    assertThat(moves.now()).endsWith(move(5));
  }

  @Test
  void aCoordinatorGoesOnWithWhatTheOneBeforeItHasTold() {
    moves.resume(List.of(move(1)));
    moves.add(move(2));
    moves.resume(List.of(move(3)));
    assertThat(moves.now()).containsExactly(move(2), move(1));
  }

  private static MovedCell move(int number) {
    return new MovedCell("" + number, "a:1", "b:2", 80, number);
  }
}
