package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The key of an entry: its UTF-8 bytes, ordered as unsigned bytes (which is the order of code
 * points). Immutable; the bytes handed in and out are shared and must not be changed.
 */
public final class Key implements Comparable<Key> {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  /** The first eight bytes as one number, zeros behind a shorter key: decides most comparisons. */
  private final long start;

  private final int hash;

  private Key(byte[] bytes) {
    this.bytes = bytes;
    this.start = start(bytes);
    this.hash = Arrays.hashCode(bytes);
  }

  /** The key with these bytes; the caller has checked them. */
  public static Key of(byte[] bytes) {
    return new Key(bytes);
  }

  /** The key with this text; the caller has checked it. */
  public static Key of(String text) {
    return new Key(text.getBytes(UTF_8));
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The first eight bytes as one unsigned number, which orders most keys. */
  long start() {
    return start;
  }

  public int length() {
    return bytes.length;
  }

  public boolean startsWith(Key prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  @Override
  public int compareTo(Key other) {
    return start == other.start
        ? Arrays.compareUnsigned(bytes, other.bytes)
        : Long.compareUnsigned(start, other.start);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key
        && start == key.start
        && hash == key.hash
        && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private static long start(byte[] bytes) {
    if (bytes.length >= Long.BYTES) {
      return (long) LONG.get(bytes, 0);
    }
    long start = 0;
    for (int i = 0; i < bytes.length; i++) {
      start |= (bytes[i] & 0xFFL) << (56 - 8 * i);
    }
    return start;
  }

  /** The key as text. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
