package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellRatesTest {
  private final CellRates rates = new CellRates();

  @Test
  void beforeTheFirstReadingNothingIsKnown() {
    assertThat(rates.now()).isNull();
  }

  @Test
  void theFirstReadingCountsAsItIs() {
    rates.read(List.of(Map.of("1", 100), Map.of("2", 30)));

    assertThat(rates.now()).isEqualTo(Map.of("1", 100, "2", 30));
  }

  @Test
  void aBurstIsNotSeenAndWhatLastsIs() {
    read(50, 5);
    read(5_000, 2);
    assertThat(rates.now()).isEqualTo(Map.of("1", 50));
    read(5_000, 1);
    assertThat(rates.now()).isEqualTo(Map.of("1", 5_000));
  }

  @Test
  void aPauseIsNotSeenAndAnEndIs() {
    read(50, 5);
    read(0, 2);
    assertThat(rates.now()).isEqualTo(Map.of("1", 50));
    read(0, 1);
    assertThat(rates.now()).isEmpty();
  }

  @Test
  void aNewCoordinatorGoesOnWithWhatTheOneBeforeHasTold() {
    rates.resume(Map.of("1", 50));
    assertThat(rates.now()).isEqualTo(Map.of("1", 50));
    read(0, 2);
    assertThat(rates.now()).isEqualTo(Map.of("1", 50));

    rates.resume(Map.of("1", 7));
    assertThat(rates.now()).isEqualTo(Map.of("1", 50));
  }

  @Test
  void whenOneNodeDoesNotKnowNothingCounts() {
    read(50, 5);
    rates.areNotKnown();

    assertThat(rates.now()).isEmpty();
  }

  @Test
  void aCellThatTwoNodesHadInTurnCountsForBoth() {
    rates.read(List.of(Map.of("1", 60), Map.of("1", 40)));

    assertThat(rates.now()).isEqualTo(Map.of("1", 100));
  }

  private void read(int rate, int times) {
    for (int reading = 0; reading < times; reading++) {
      rates.read(List.of(rate == 0 ? Map.of() : Map.of("1", rate)));
    }
  }
}
