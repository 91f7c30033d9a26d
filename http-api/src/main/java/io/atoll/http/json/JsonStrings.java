package io.atoll.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The content of JSON strings, to and from UTF-8. */
public final class JsonStrings {
  private JsonStrings() {}

  /** The content of a well-formed string without escapes, given without its quotes. */
  public static byte[] plain(byte[] text, int from, int to) {
    return Arrays.copyOfRange(text, from, to);
  }

  /**
   * The content of a well-formed string with escapes, given without its quotes; null when it names
   * half of a surrogate pair, which no UTF-8 can hold.
   */
  public static byte @Nullable [] unescape(byte[] text, int from, int to) {
    StringBuilder content = new StringBuilder(to - from);
    int copied = from;
    for (int at = from; at < to; at++) {
      if (text[at] == '\\') {
        content.append(new String(text, copied, at - copied, UTF_8));
        at = appendEscape(text, at + 1, content);
        copied = at + 1;
      }
    }
    content.append(new String(text, copied, to - copied, UTF_8));
    return isPaired(content) ? content.toString().getBytes(UTF_8) : null;
  }

  /** Appends what stands behind a backslash; answers the index of its last byte. */
  private static int appendEscape(byte[] text, int at, StringBuilder content) {
    switch (text[at]) {
      case 'b' -> content.append('\b');
      case 'f' -> content.append('\f');
      case 'n' -> content.append('\n');
      case 'r' -> content.append('\r');
      case 't' -> content.append('\t');
      case 'u' -> {
        content.append((char) hex(text, at + 1));
        return at + 4;
      }
      default -> content.append((char) text[at]);
    }
    return at;
  }

  private static int hex(byte[] text, int from) {
    int value = 0;
    for (int at = from; at < from + 4; at++) {
      value = value << 4 | Character.digit(text[at], 16);
    }
    return value;
  }

  private static boolean isPaired(CharSequence content) {
    return content.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }
}
