package io.atoll.store;

import java.nio.ByteBuffer;

/**
 * Where a stream stands: its highest sequence number, up to which its events are deleted, and the
 * number at which its state was last known to be empty (0, or where it was erased).
 */
public record Head(long highest, long deletedTo, long emptyAt) {
  static final Head NEW = new Head(0, 0, 0);

  public Head {
    if (emptyAt < 0 || deletedTo < emptyAt || highest < deletedTo) {
      throw new IllegalArgumentException("Not a stream's head: " + highest + ", " + deletedTo);
    }
  }

  /** The state at {@code deletedTo} is not empty, so it must be in a snapshot. */
  public boolean needsSnapshot() {
    return deletedTo > emptyAt;
  }

  public Head grownTo(long number) {
    return new Head(number, deletedTo, emptyAt);
  }

  /** The head of the same trims in a stream whose last event has this number or is trimmed. */
  public Head reaching(long lastEvent) {
    return lastEvent > highest ? grownTo(lastEvent) : this;
  }

  public Head trimmedTo(long number) {
    return new Head(highest, Math.max(deletedTo, Math.min(number, highest)), emptyAt);
  }

  public Head erased() {
    return new Head(highest, highest, highest);
  }

  static byte[] key(String stream) {
    return Keys.marked('s', Keys.of(stream));
  }

  /** What is stored of it: the highest number follows from the events, if there are any. */
  byte[] sealed(String stream) {
    return Sealed.seal(
        key(stream), 2 * Long.BYTES, body -> body.putLong(deletedTo).putLong(emptyAt));
  }

  /** The stored head of a stream whose last event has this number, 0 when it has none. */
  static Head opened(String stream, byte[] stored, long lastEvent) {
    ByteBuffer body = Sealed.open(key(stream), stored, "The head of stream " + stream);
    long deletedTo = body.getLong();
    return new Head(Math.max(lastEvent, deletedTo), deletedTo, body.getLong());
  }
}
