package io.atoll.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
  @Test
  void anEventIsOneLineWithItsTimeInUtc() {
    assertThat(encode("hello", null))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN \\[.*] a\\.b - hello\n");
  }

  @Test
  void nobodyCanForgeALine() {
    assertThat(encode("key x\r\n2026-01-01 ERROR forged\u2028\u202e", null))
        .endsWith("key x\\u000d\\u000a2026-01-01 ERROR forged\\u2028\\u202e\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void aStackTraceIsIndentedAndItsMessagesAreEscaped() {
    String lines =
        encode("failed", new IllegalStateException("a\nb", new IllegalArgumentException("c\nd")));

    assertThat(lines)
        .contains("\tjava.lang.IllegalStateException: a\\u000ab\n")
        .contains("\tcaused by java.lang.IllegalArgumentException: c\\u000ad\n");
    assertThat(lines.lines().skip(1)).allMatch(line -> line.startsWith("\t"));
  }

  private static String encode(String message, Throwable thrown) {
    var context = new LoggerContext();
    var event =
        new LoggingEvent("fqcn", context.getLogger("a.b"), Level.WARN, message, thrown, null);
    return new String(new LineEncoder().encode(event), UTF_8);
  }
}
