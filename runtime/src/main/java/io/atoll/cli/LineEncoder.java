package io.atoll.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One line for each event, with a UTC time stamp; the frames of a stack trace follow, indented. A
 * control character from outside never reaches the log, so nobody can forge a line.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new StringBuilder(160);
    STAMP.formatTo(event.getInstant(), line);
    line.append(' ')
        .append(event.getLevel())
        .append(" [")
        .append(event.getThreadName())
        .append("] ");
    line.append(event.getLoggerName()).append(" - ");
    escape(event.getFormattedMessage(), line);
    line.append('\n');
    trace("", event.getThrowableProxy(), line);
    return line.toString().getBytes(UTF_8);
  }

  private static void trace(
      String relation, @Nullable IThrowableProxy thrown, StringBuilder lines) {
    if (thrown == null || thrown.isCyclic()) {
      return;
    }
    lines.append("\t").append(relation).append(thrown.getClassName()).append(": ");
    escape(thrown.getMessage(), lines);
    lines.append('\n');
    for (StackTraceElementProxy frame : thrown.getStackTraceElementProxyArray()) {
      lines.append("\t").append(frame.getSTEAsString()).append('\n');
    }
    trace("caused by ", thrown.getCause(), lines);
  }

  private static void escape(@Nullable String text, StringBuilder line) {
    if (text == null) {
      return;
    }
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (breaksLines(character)) {
        line.append("\\u").append("%04x".formatted((int) character));
      } else {
        line.append(character);
      }
    }
  }

  private static boolean breaksLines(char character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT
        || character == '\u2028'
        || character == '\u2029';
  }

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }
}
