package io.atoll.http.listener;

/** The body of an answer on its way out. Called on the event loop. */
interface Outflow {
  /** The connection takes more. */
  void writable();

  /** The connection is gone; nothing more is written. */
  void abort();

  /** Whether the body never ends by itself, so that a stop need not wait for it. */
  boolean endless();
}
