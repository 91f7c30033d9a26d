package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RampTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void theLevelGoesInStraightLines() {
    Ramp ramp = Ramp.parse("10s:10,30s:50");
    assertThat(ramp.levelAt(0)).isZero();
    assertThat(ramp.levelAt(5 * SECOND)).isEqualTo(5, CLOSE);
    assertThat(ramp.levelAt(10 * SECOND)).isEqualTo(10, CLOSE);
    assertThat(ramp.levelAt(25 * SECOND)).isEqualTo(30, CLOSE);
    assertThat(ramp.levelAt(40 * SECOND)).isEqualTo(50, CLOSE);
    assertThat(ramp.levelAt(1_000 * SECOND)).isEqualTo(50, CLOSE);
  }

  @Test
  void aStepWithoutTimeIsAJump() {
    Ramp ramp = Ramp.parse("0s:10, 2m:50, 0s:5");
    assertThat(ramp.levelAt(0)).isEqualTo(10, CLOSE);
    assertThat(ramp.levelAt(60 * SECOND)).isEqualTo(30, CLOSE);
    assertThat(ramp.levelAt(120 * SECOND)).isEqualTo(5, CLOSE);
    assertThat(ramp.highest()).isEqualTo(50, CLOSE);
    assertThat(ramp.duration()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aLevelAloneIsConstant() {
    Ramp ramp = Ramp.parse("250");
    assertThat(ramp.levelAt(0)).isEqualTo(250, CLOSE);
    assertThat(ramp.levelAt(SECOND)).isEqualTo(250, CLOSE);
    assertThat(ramp.length()).isZero();
  }

  @Test
  void theWarmUpHoldsTheFirstLevel() {
    Ramp ramp = Ramp.parse("0s:10,10s:20").after(Duration.ofSeconds(5));
    assertThat(ramp.levelAt(0)).isEqualTo(10, CLOSE);
    assertThat(ramp.levelAt(5 * SECOND)).isEqualTo(10, CLOSE);
    assertThat(ramp.levelAt(10 * SECOND)).isEqualTo(15, CLOSE);
    assertThat(ramp.levelAt(15 * SECOND)).isEqualTo(20, CLOSE);
  }

  @Test
  void aRampIsSharedOut() {
    Ramp half = Ramp.parse("10s:100").scaled(0.5);
    assertThat(half.levelAt(5 * SECOND)).isEqualTo(25, CLOSE);
    assertThat(half.levelAt(10 * SECOND)).isEqualTo(50, CLOSE);
  }

  @Test
  void whatIsNoRampIsRefused() {
    for (String wrong :
        List.of("", "x", "-1", "10s:", "10s:x", "10s:1,5", "10s:-1", "NaN", "1:2")) {
      assertThatThrownBy(() -> Ramp.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
