package io.atoll.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {
  @Test
  void unitsAreAddedUp() {
    assertThat(Span.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Span.parse("10s")).isEqualTo(Duration.ofSeconds(10));
    assertThat(Span.parse("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Span.parse("1h1m1s1ms")).isEqualTo(Duration.ofMillis(3_661_001));
    assertThat(Span.parse("0s")).isZero();
  }

  @Test
  void whatIsNoDurationIsRefused() {
    for (String wrong : List.of("", "10", "s", "-1s", "1.5s", "1s1m", "ten seconds")) {
      assertThatThrownBy(() -> Span.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + wrong + "'");
    }
  }

  @Test
  void whatIsFormattedIsReadAgain() {
    for (String text : List.of("0s", "1ms", "59s", "1m", "1m30s", "2h5ms")) {
      assertThat(Span.format(Span.parse(text))).isEqualTo(text);
    }
  }
}
