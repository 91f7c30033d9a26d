package io.atoll.map;

/** What the recent changes say of one key; {@code ordinal} is that of the event that said it. */
sealed interface Slot {
  long ordinal();

  /** The key has this value; {@code expiresAt} is epoch milliseconds, -1 for never. */
  record Live(byte[] value, long version, long expiresAt, long ordinal) implements Slot {
    boolean expiredAt(long now) {
      return expiresAt >= 0 && expiresAt <= now;
    }
  }

  /** The key is absent, whatever the pages say. */
  record Gone(long ordinal) implements Slot {}
}
