package io.atoll.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a page goes on: the last id that was looked at, with a check so that others are refused.
 */
public final class Cursor {
  private static final byte VERSION = 1;

  private Cursor() {}

  public static String of(String id) {
    byte[] text = id.getBytes(UTF_8);
    ByteBuffer cursor = ByteBuffer.allocate(1 + Integer.BYTES + text.length);
    cursor.put(VERSION).putInt(check(text)).put(text);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.rewind().array());
  }

  /** The id that a page goes on after; empty at the beginning. */
  public static String after(@Nullable String cursor) {
    if (cursor == null) {
      return "";
    }
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);
    if (bytes.length > 1 + Integer.BYTES && bytes[0] == VERSION) {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
      int check = rest.getInt();
      byte[] text = new byte[rest.remaining()];
      rest.get(text);
      if (check == check(text)) {
        return new String(text, UTF_8);
      }
    }
    throw new IllegalArgumentException("This cursor was not given by the directory.");
  }

  private static int check(byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(VERSION);
    crc.update(text);
    return (int) crc.getValue();
  }
}
