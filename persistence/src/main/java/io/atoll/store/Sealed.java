package io.atoll.store;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The envelope of every stored value: a version byte, the body, and a CRC32C over key, version and
 * body. So a value that was altered, or that stands under another key, is found out on reading.
 */
public final class Sealed {
  private static final byte VERSION = 1;
  private static final int OVERHEAD = 1 + Integer.BYTES;

  private Sealed() {}

  /** The value to store under the key, with a body of this size that {@code fill} writes. */
  public static byte[] seal(byte[] key, int size, Consumer<ByteBuffer> fill) {
    byte[] value = new byte[size + OVERHEAD];
    ByteBuffer body = ByteBuffer.wrap(value).put(VERSION);
    fill.accept(body);
    if (body.remaining() != Integer.BYTES) {
      throw new IllegalArgumentException("The body does not have the announced size.");
    }
    body.putInt(checksum(key, value));
    return value;
  }

  public static byte[] seal(byte[] key, byte[] body) {
    return seal(key, body.length, value -> value.put(body));
  }

  /** The body of a stored value; {@code what} names it in the {@link DamagedRecordException}. */
  public static ByteBuffer open(byte[] key, byte[] value, String what) {
    if (value.length < OVERHEAD) {
      throw new DamagedRecordException(what + " is damaged: it is cut off.");
    }
    int bodyEnd = value.length - Integer.BYTES;
    if (ByteBuffer.wrap(value).getInt(bodyEnd) != checksum(key, value)) {
      throw new DamagedRecordException(what + " is damaged: its checksum does not match.");
    }
    if (value[0] != VERSION) {
      throw new DamagedRecordException(
          what + " has the unknown format " + value[0] + ": it needs a newer Atoll.");
    }
    return ByteBuffer.wrap(value, 1, bodyEnd - 1).slice();
  }

  private static int checksum(byte[] key, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(value, 0, value.length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
