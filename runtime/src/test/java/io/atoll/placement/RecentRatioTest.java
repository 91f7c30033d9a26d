package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentRatioTest {
  private long part;
  private long whole;
  private final RecentRatio ratio = new RecentRatio(() -> part, () -> whole);

  @Test
  void nothingIsZero() {
    assertThat(ratio.value()).isZero();
    grow(0, 0);
    grow(0, 0);
    assertThat(ratio.value()).isZero();
  }

  @Test
  void itIsTheGrowthOfOneForTheOther() {
    grow(100, 7);
    grow(30, 10);
    grow(70, 10);

    assertThat(ratio.value()).isEqualTo(5);
  }

  @Test
  void whatIsOlderThanTenSamplesIsForgotten() {
    grow(0, 0);
    grow(1_000, 1);
    for (int i = 0; i < 10; i++) {
      grow(2, 1);
    }

    assertThat(ratio.value()).isEqualTo(2);
  }

  private void grow(long more, long wholeMore) {
    part += more;
    whole += wholeMore;
    ratio.sample();
  }
}
