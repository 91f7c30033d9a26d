package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** A growing run of bytes. Not thread-safe. */
final class ByteSink {
  private static final int INITIAL = 512;
  private static final int KEPT = 16 * 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private byte[] bytes = new byte[INITIAL];
  private int length;

  int length() {
    return length;
  }

  /** The bytes so far from an index on, copied; the sink is empty afterwards. */
  byte[] take(int from) {
    byte[] taken = Arrays.copyOfRange(bytes, from, length);
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[INITIAL];
    }
    return taken;
  }

  ByteSink put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  ByteSink put(byte[] part) {
    reserve(part.length);
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
    return this;
  }

  /** Writes the number in digits. */
  ByteSink put(long number) {
    if (number < 0) {
      return put(Long.toString(number).getBytes(US_ASCII));
    }
    int digits = digits(number);
    reserve(digits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Writes well-formed UTF-8 as a JSON string. */
  ByteSink putString(byte[] text) {
    put('"');
    for (byte next : text) {
      if (next == '"' || next == '\\') {
        put('\\').put((char) next);
      } else if (next >= 0 && next < ' ') {
        putEscape(next);
      } else {
        reserve(1);
        bytes[length++] = next;
      }
    }
    return put('"');
  }

  private void putEscape(byte control) {
    put('\\').put('u').put('0').put('0');
    put((char) HEX[control >> 4]).put((char) HEX[control & 0xF]);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), growth()));
    }
  }

  private int growth() {
    return (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
