package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CellWeightsTest {
  @Test
  void oneHalfIsSpreadEvenlyAndTheOtherByUse() {
    CellWeights weights = CellWeights.of(Map.of("1", 300, "2", 100), 4);

    assertThat(weights.of("1")).isEqualTo(1 + 3);
    assertThat(weights.of("2")).isEqualTo(1 + 1);
    assertThat(weights.of("3")).isEqualTo(1);
    assertThat(weights.areEven()).isFalse();
  }

  @Test
  void ofLittleUseNothingIsMade() {
    CellWeights weights = CellWeights.of(Map.of("1", 199), 4);

    assertThat(weights.areEven()).isTrue();
    assertThat(weights.of("1")).isEqualTo(1);
    assertThat(weights.areKnown()).isTrue();
  }

  @Test
  void whatWasNeverReadIsNotKnown() {
    assertThat(CellWeights.of(null, 4).areKnown()).isFalse();
  }
}
