package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfTest {
  private static final int DRAWS = 200_000;

  @Test
  void aPickIsDrawnInProportionToItsRank() {
    int[] picks = picks(new Zipf(100, 0.99), 100);
    double first = picks[0];
    for (int rank = 1; rank < 10; rank++) {
      assertThat(picks[rank] / first).isEqualTo(Math.pow(rank + 1, -0.99), within(0.03));
    }
  }

  @Test
  void anExponentOfZeroLikesAllAlike() {
    for (int picked : picks(new Zipf(10, 0), 10)) {
      assertThat(picked / (double) DRAWS).isEqualTo(0.1, within(0.01));
    }
  }

  @Test
  void theEndsOfTheRandomNumbersAreTheFirstAndTheLast() {
    Zipf zipf = new Zipf(3, 0.99);
    assertThat(zipf.pick(0)).isZero();
    assertThat(zipf.pick(Math.nextDown(1.0))).isEqualTo(2);
    assertThat(new Zipf(1, 0.99).pick(0.5)).isZero();
  }

  @Test
  void aBoundaryBelongsToTheNext() {
    assertThat(new Zipf(4, 0).pick(0.25)).isEqualTo(1);
    assertThat(new Zipf(4, 0).pick(Math.nextDown(0.25))).isZero();
  }

  private static int[] picks(Zipf zipf, int count) {
    SplittableRandom random = new SplittableRandom(11);
    int[] picks = new int[count];
    for (int i = 0; i < DRAWS; i++) {
      picks[zipf.pick(random.nextDouble())]++;
    }
    return picks;
  }
}
