package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Reads what {@link Output} wrote. Bytes that end early, or lengths that cannot be, fail with a
 * runtime exception. Not thread-safe.
 */
public final class Input {
  private final ByteBuffer buffer;

  /** Reads these bytes from the first on; they must not change. */
  public Input(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  /** One byte. */
  public byte code() {
    return buffer.get();
  }

  long number() {
    return buffer.getLong();
  }

  int count() {
    int count = buffer.getInt();
    if (count < 0) {
      throw new IllegalArgumentException("a count below zero: " + count);
    }
    return count;
  }

  byte[] block() {
    return block(count());
  }

  /** What {@link Output#shortNumber} wrote. */
  public long shortNumber() {
    long number = unsigned();
    return (number >>> 1) ^ -(number & 1);
  }

  /** The count of things that follow, each of which takes a byte or more. */
  public int shortCount() {
    long count = unsigned();
    if (count < 0 || count > buffer.remaining()) {
      throw new IllegalArgumentException("a count of " + count + " does not fit");
    }
    return (int) count;
  }

  /** What {@link Output#shortBlock} wrote. */
  public byte[] shortBlock() {
    return block(shortCount());
  }

  /** What {@link Output#text} wrote. */
  public String text() {
    int length = shortCount();
    String text = new String(buffer.array(), buffer.position(), length, UTF_8);
    buffer.position(buffer.position() + length);
    return text;
  }

  private byte[] block(int length) {
    if (length > buffer.remaining()) {
      throw new IllegalArgumentException("a block of " + length + " bytes does not fit");
    }
    byte[] block = new byte[length];
    buffer.get(block);
    return block;
  }

  private long unsigned() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = buffer.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }
}
