package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing run of bytes, big-endian. Not thread-safe. */
public final class Output {
  private static final int MOST_SHORT_BYTES = 10;

  private ByteBuffer buffer;

  /** An empty run, with room for so many bytes before it has to grow. */
  public Output(int capacity) {
    this.buffer = ByteBuffer.allocate(capacity);
  }

  /** One byte. */
  public Output code(byte code) {
    room(1).put(code);
    return this;
  }

  Output number(long number) {
    room(Long.BYTES).putLong(number);
    return this;
  }

  Output count(int count) {
    room(Integer.BYTES).putInt(count);
    return this;
  }

  /** A block of bytes with its length before it. */
  Output block(byte[] bytes) {
    room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    return this;
  }

  /** A number in as few bytes as it needs, seven bits in each; small ones below zero need few. */
  public Output shortNumber(long number) {
    return unsigned((number << 1) ^ (number >> (Long.SIZE - 1)));
  }

  /** A count, 0 or more, in as few bytes as it needs. */
  public Output shortCount(int count) {
    return unsigned(count);
  }

  /** A block of bytes with a short count before it. */
  public Output shortBlock(byte[] bytes) {
    shortCount(bytes.length);
    room(bytes.length).put(bytes);
    return this;
  }

  /** A text as a short block of UTF-8. */
  public Output text(String text) {
    return shortBlock(text.getBytes(UTF_8));
  }

  private Output unsigned(long number) {
    ByteBuffer target = room(MOST_SHORT_BYTES);
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      target.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    target.put((byte) rest);
    return this;
  }

  /** A copy of all that was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
      buffer = ByteBuffer.allocate(capacity).put(buffer.array(), 0, buffer.position());
    }
    return buffer;
  }
}
