package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CellWeightsTest {
  @Test
  void oneHalfIsSpreadEvenlyAndTheOtherByUse() {
    CellWeights weights = CellWeights.of(Map.of("1", 7_500, "2", 2_500), 4);

    assertThat(weights.of("1")).isEqualTo(1 + 3);
    assertThat(weights.of("2")).isEqualTo(1 + 1);
    assertThat(weights.of("3")).isEqualTo(1);
    assertThat(weights.use()).isEqualTo(1);
  }

  @Test
  void littleUseCountsForLittle() {
    CellWeights weights = CellWeights.of(Map.of("1", 50), 4);

    assertThat(weights.of("1")).isCloseTo(1.04, within(1e-9));
    assertThat(weights.use()).isCloseTo(0.01, within(1e-9));
    assertThat(weights.areKnown()).isTrue();
  }

  @Test
  void whatWasNeverReadIsNotKnown() {
    assertThat(CellWeights.of(null, 4).areKnown()).isFalse();
  }
}
