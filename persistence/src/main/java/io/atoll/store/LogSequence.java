package io.atoll.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** Follows the commits of one log: each begins with RocksDB's number of its first change. */
final class LogSequence {
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  /** How far ahead a later commit can be in one log: far more than a log's bytes allow. */
  private static final long FURTHEST = 1L << 32;

  private static final long UNKNOWN = -1;

  private long next = UNKNOWN;
  private OptionalInt unfinished = OptionalInt.empty();

  /** Takes the next fragment; false when a fragment or a commit is missing before it. */
  boolean accepts(LogBlocks.Fragment fragment) {
    if (fragment.isNote()) {
      return unfinished.isEmpty();
    }
    if (fragment.beginsCommit() != unfinished.isEmpty()) {
      return false;
    }
    if (!fragment.endsCommit() && fragment.beginsCommit()) {
      unfinished = OptionalInt.of(fragment.start());
    } else if (fragment.endsCommit()) {
      unfinished = OptionalInt.empty();
    }
    return !fragment.beginsCommit() || follows(fragment);
  }

  /** Where the commit begins whose end was not seen yet. */
  OptionalInt unfinished() {
    return unfinished;
  }

  /** Whether a later commit than the next one begins here. */
  boolean isLater(LogBlocks.Fragment fragment) {
    if (!fragment.beginsCommit() || fragment.payload().remaining() < HEADER) {
      return false;
    }
    long sequence = header(fragment).getLong();
    return next == UNKNOWN || (sequence > reached() && sequence - reached() < FURTHEST);
  }

  /** The number up to which commits may be the one that a crash left unfinished. */
  private long reached() {
    return unfinished.isPresent() ? next - 1 : next;
  }

  /** A header that is cut by the end of a block is taken as it is. */
  private boolean follows(LogBlocks.Fragment fragment) {
    if (fragment.payload().remaining() < HEADER) {
      next = UNKNOWN;
      return true;
    }
    ByteBuffer header = header(fragment);
    long sequence = header.getLong();
    boolean expected = next == UNKNOWN || sequence == next;
    next = sequence + header.getInt();
    return expected;
  }

  private static ByteBuffer header(LogBlocks.Fragment fragment) {
    return fragment.payload().duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
