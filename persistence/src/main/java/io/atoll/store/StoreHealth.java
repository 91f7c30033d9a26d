package io.atoll.store;

/** Whether the store takes writes. */
public enum StoreHealth {
  TAKES_WRITES,
  DISK_FULL,
  STALLED,
  CLOSED
}
