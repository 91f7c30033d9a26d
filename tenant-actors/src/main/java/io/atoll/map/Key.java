package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The key of an entry: its UTF-8 bytes, ordered as unsigned bytes (which is the order of code
 * points). Immutable; the bytes handed in and out are shared and must not be changed.
 */
public final class Key implements Comparable<Key> {
  private final byte[] bytes;
  private final int hash;

  private Key(byte[] bytes) {
    this.bytes = bytes;
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

  public int length() {
    return bytes.length;
  }

  public boolean startsWith(Key prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The key as text. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
