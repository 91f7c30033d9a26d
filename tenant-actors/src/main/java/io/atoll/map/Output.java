package io.atoll.map;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing run of bytes, big-endian. Not thread-safe. */
final class Output {
  private ByteBuffer buffer;

  Output(int capacity) {
    this.buffer = ByteBuffer.allocate(capacity);
  }

  Output code(byte code) {
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

  byte[] toBytes() {
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
