package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallersTest {
  @Test
  void callersAreDealtOutInTurn() {
    assertThat(dealt(3, 7)).containsExactly(3, 2, 2);
    assertThat(dealt(3, 2)).containsExactly(1, 1, 0);
    assertThat(dealt(3, 0)).containsExactly(0, 0, 0);
    assertThat(dealt(1, 5)).containsExactly(5);
  }

  @Test
  void noneIsLostOrDoubled() {
    for (int callers = 0; callers < 100; callers++) {
      assertThat(IntStream.of(dealt(7, callers)).sum()).isEqualTo(callers);
    }
  }

  private static int[] dealt(int links, int callers) {
    return IntStream.range(0, links).map(link -> Callers.on(link, links, callers)).toArray();
  }
}
