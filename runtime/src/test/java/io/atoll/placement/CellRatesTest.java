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
  void aLaterOneCountsForThreeTenths() {
    rates.read(List.of(Map.of("1", 100, "2", 10)));
    rates.read(List.of(Map.of("1", 200, "3", 10)));

    assertThat(rates.now()).isEqualTo(Map.of("1", 130, "2", 7, "3", 3));
  }

  @Test
  void whatStaysTheSameIsTold() {
    for (int reading = 0; reading < 20; reading++) {
      rates.read(List.of(Map.of("1", 7)));
    }

    assertThat(rates.now()).isEqualTo(Map.of("1", 7));
  }

  @Test
  void aCellThatNobodyUsesAnyMoreIsForgotten() {
    rates.read(List.of(Map.of("1", 100_000)));
    for (int reading = 0; reading < 50; reading++) {
      rates.read(List.of());
    }

    assertThat(rates.now()).isEmpty();
  }

  @Test
  void aCellThatTwoNodesHadInTurnCountsForBoth() {
    rates.read(List.of(Map.of("1", 60), Map.of("1", 40)));

    assertThat(rates.now()).isEqualTo(Map.of("1", 100));
  }
}
