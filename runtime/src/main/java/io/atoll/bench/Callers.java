package io.atoll.bench;

/** Callers of a closed loop, dealt out over the connections in turn. */
final class Callers {
  private Callers() {}

  /** How many of so many callers are on this connection. */
  static int on(int link, int links, int callers) {
    return callers <= link ? 0 : (callers - link - 1) / links + 1;
  }
}
