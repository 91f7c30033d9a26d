package io.atoll.map;

import java.nio.ByteBuffer;

/**
 * Reads what {@link Output} wrote. Bytes that end early, or lengths that cannot be, fail with a
 * runtime exception. Not thread-safe.
 */
final class Input {
  private final ByteBuffer buffer;

  Input(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  byte code() {
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
    int length = count();
    if (length > buffer.remaining()) {
      throw new IllegalArgumentException("a block of " + length + " bytes does not fit");
    }
    byte[] block = new byte[length];
    buffer.get(block);
    return block;
  }
}
