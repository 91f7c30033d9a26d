package io.atoll.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys made of parts. A text part is its UTF-8 bytes after their two-byte length, a number its
 * eight big-endian bytes; so different parts never make the same key, and numbers sort as numbers.
 */
public final class Keys {
  private static final int LONGEST_TEXT = 0xFFFF;

  private Keys() {}

  /** The key of the text alone, and the prefix of all keys that begin with it. */
  public static byte[] of(String text) {
    return buffer(text, 0).array();
  }

  public static byte[] of(String text, long number) {
    return buffer(text, Long.BYTES).putLong(number).array();
  }

  public static byte[] of(String text, long first, long second) {
    return buffer(text, 2 * Long.BYTES).putLong(first).putLong(second).array();
  }

  /** The last number in a key. */
  public static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  /** The smallest key after all keys that begin with this prefix. */
  public static byte[] after(byte[] prefix) {
    for (int last = prefix.length - 1; last >= 0; last--) {
      if (prefix[last] != (byte) 0xFF) {
        byte[] next = Arrays.copyOf(prefix, last + 1);
        next[last]++;
        return next;
      }
    }
    throw new IllegalArgumentException("No key comes after this prefix.");
  }

  /** The key with a mark in front, which keeps different kinds of keys in one table apart. */
  public static byte[] marked(char mark, byte[] key) {
    return ByteBuffer.allocate(1 + key.length).put((byte) mark).put(key).array();
  }

  private static ByteBuffer buffer(String text, int more) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > LONGEST_TEXT) {
      throw new IllegalArgumentException("A key's text has at most " + LONGEST_TEXT + " bytes.");
    }
    return ByteBuffer.allocate(Short.BYTES + bytes.length + more)
        .putShort((short) bytes.length)
        .put(bytes);
  }
}
