package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellPaceTest {
  private static final long SHORT = 1000;
  private static final long LONG = 1001;

  private final CellPace pace = new CellPace();

  @Test
  void whereNothingIsKnownOneMovesAtATime() {
    assertThat(pace.most()).isEqualTo(1);
  }

  @Test
  void moreMoveAfterEachShortRoundButNeverTooMany() {
    pace.moved(SHORT);
    assertThat(pace.most()).isEqualTo(2);
    for (int i = 0; i < 9; i++) {
      pace.moved(SHORT);
    }
    assertThat(pace.most()).isEqualTo(CellPace.MOST);
  }

  @Test
  void oneMovesAfterALongRound() {
    for (int i = 0; i < 9; i++) {
      pace.moved(SHORT);
    }
    pace.moved(LONG);
    assertThat(pace.most()).isEqualTo(1);
    pace.moved(LONG);
    assertThat(pace.most()).isEqualTo(1);
  }
}
