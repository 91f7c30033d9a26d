package io.atoll.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The physical form of a RocksDB write-ahead log: blocks of 32 KiB with fragments of commits in
 * them, each a masked CRC32C of type and payload, a two-byte length and a type byte before the
 * payload.
 */
final class LogBlocks {
  private static final int BLOCK = 32 * 1024;
  private static final int HEADER = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int IGNORABLE = 0x80;
  private static final int SECTOR = 512;
  private static final int MASK_DELTA = 0xa282ead8;

  private final ByteBuffer log;

  LogBlocks(byte[] log) {
    this.log = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
  }

  int size() {
    return log.limit();
  }

  /** The end of the block that holds this position. */
  int endOfBlock(int position) {
    return Math.min(size(), (position / BLOCK + 1) * BLOCK);
  }

  /** The fragment at the position, or at the next block when its block has no room for one. */
  Optional<Fragment> fragment(int position) {
    int start = BLOCK - position % BLOCK < HEADER ? (position / BLOCK + 1) * BLOCK : position;
    if (start + HEADER > size()) {
      return Optional.empty();
    }
    int length = Short.toUnsignedInt(log.getShort(start + 4));
    int end = start + HEADER + length;
    int type = Byte.toUnsignedInt(log.get(start + 6));
    if (end > endOfBlock(start) || !isKnown(type)) {
      return Optional.empty();
    }
    return log.getInt(start) == maskedChecksum(start + 6, end)
        ? Optional.of(new Fragment(type, log.slice(start + HEADER, length), start, end))
        : Optional.empty();
  }

  /** Whether a sector behind this position reads as zeros, as far as it is behind it. */
  boolean hasZeroSector(int position) {
    int from = position;
    while (from < size()) {
      int to = Math.min((from / SECTOR + 1) * SECTOR, size());
      if (isZero(from, to)) {
        return true;
      }
      from = to;
    }
    return false;
  }

  private boolean isZero(int from, int to) {
    for (int at = from; at < to; at++) {
      if (log.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(int type) {
    return (type >= FULL && type <= LAST) || (type & IGNORABLE) != 0;
  }

  private int maskedChecksum(int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(log.slice(from, to - from));
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + MASK_DELTA;
  }

  /** A part of a commit, or all of it; {@code end} is where the next fragment begins. */
  record Fragment(int type, ByteBuffer payload, int start, int end) {
    boolean beginsCommit() {
      return type == FULL || type == FIRST;
    }

    boolean endsCommit() {
      return type == FULL || type == LAST;
    }

    /** Belongs to no commit: RocksDB's notes to itself. */
    boolean isNote() {
      return (type & IGNORABLE) != 0;
    }
  }
}
