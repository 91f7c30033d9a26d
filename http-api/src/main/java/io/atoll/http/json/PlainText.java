package io.atoll.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of what needs no second look in a JSON string, eight bytes at a time. */
final class PlainText {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private PlainText() {}

  /**
   * Passes words of eight bytes that are ASCII without quotes, backslashes and controls; stops at
   * the first that may have one.
   */
  static int skip(byte[] text, int from, int end) {
    int at = from;
    while (at + Long.BYTES <= end && isPlain((long) WORDS.get(text, at))) {
      at += Long.BYTES;
    }
    return at;
  }

  private static boolean isPlain(long word) {
    long unusual = word | zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | (word - SPACES);
    return (unusual & HIGHS) == 0;
  }

  /** Sets the highest bit of each byte that is zero, and perhaps of others when there is one. */
  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }
}
