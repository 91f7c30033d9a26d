package io.atoll.map;

/** What the subscriber of a watch tells its feed. */
public enum WatchSignal {
  /** The last changes were handed on; more may come. */
  READY,
  /** The subscriber wants no more. */
  STOP
}
