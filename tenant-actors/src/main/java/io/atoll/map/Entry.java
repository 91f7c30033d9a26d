package io.atoll.map;

/** A key's present value as read; {@code expiresAt} is epoch milliseconds, -1 for never. */
record Entry(Key key, byte[] value, long version, long expiresAt) {
  boolean expiredAt(long now) {
    return expiresAt >= 0 && expiresAt <= now;
  }

  /** Bytes of key and value: what the entry counts in its tenant's storage. */
  long size() {
    return (long) key.length() + value.length;
  }
}
