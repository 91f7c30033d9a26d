package io.atoll.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of neighbouring entries as one immutable block of bytes: a format byte, the number of
 * entries, where each begins, then the entries in key order (key length, version, expiry, value
 * length, key, value; big-endian). A key is found by binary search on the bytes.
 */
final class Page {
  static final byte FORMAT = 1;
  static final int HEADER_BYTES = 5;
  static final int ENTRY_OVERHEAD = Short.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int count;

  /** The page in these bytes, which are not copied. Fails for bytes that are no page. */
  Page(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != FORMAT) {
      throw new IllegalArgumentException("not a page of format " + FORMAT);
    }
    this.bytes = bytes;
    this.count = (int) INT.get(bytes, 1);
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The entry with this key, null if the page has none. */
  @Nullable Entry find(Key key) {
    int index = ceiling(key);
    return index < count && compare(index, key) == 0 ? entry(index) : null;
  }

  /** The index of the first entry whose key is this or a later one; {@link #count()} if none is. */
  int ceiling(Key key) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, key) < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The entry at this index; key and value are copies. */
  Entry entry(int index) {
    int start = start(index);
    int key = keyStart(start);
    int value = key + keyLength(start);
    int valueLength = (int) INT.get(bytes, start + Short.BYTES + 2 * Long.BYTES);
    return new Entry(
        Key.of(Arrays.copyOfRange(bytes, key, value)),
        Arrays.copyOfRange(bytes, value, value + valueLength),
        (long) LONG.get(bytes, start + Short.BYTES),
        (long) LONG.get(bytes, start + Short.BYTES + Long.BYTES));
  }

  /** The key of the entry at this index. */
  Key key(int index) {
    int start = start(index);
    int key = keyStart(start);
    return Key.of(Arrays.copyOfRange(bytes, key, key + keyLength(start)));
  }

  /** Bytes of the entry at this index as it stands here. */
  int entryBytes(int index) {
    int start = start(index);
    int valueLength = (int) INT.get(bytes, start + Short.BYTES + 2 * Long.BYTES);
    return ENTRY_OVERHEAD + keyLength(start) + valueLength;
  }

  /** Copies the entry at this index, as it stands here, to a place in other bytes. */
  void copy(int index, byte[] target, int at) {
    System.arraycopy(bytes, start(index), target, at, entryBytes(index));
  }

  /** Whether the entry at this index has this key. */
  boolean hasKey(int index, Key key) {
    return compare(index, key) == 0;
  }

  /** When the entry at this index expires, epoch milliseconds, -1 for never. */
  long expiresAt(int index) {
    return (long) LONG.get(bytes, start(index) + Short.BYTES + Long.BYTES);
  }

  private int compare(int index, Key key) {
    int start = start(index);
    int from = keyStart(start);
    return Arrays.compareUnsigned(
        bytes, from, from + keyLength(start), key.bytes(), 0, key.length());
  }

  private int start(int index) {
    return (int) INT.get(bytes, HEADER_BYTES + index * Integer.BYTES);
  }

  private int keyLength(int start) {
    return (short) SHORT.get(bytes, start) & 0xFFFF;
  }

  private static int keyStart(int start) {
    return start + ENTRY_OVERHEAD;
  }
}
