package io.atoll.placement;

/** The node itself, as the cluster shows and ends it. Thread-safe. */
public interface ThisNode {
  /** Where others reach its API; empty before it is open. */
  String url();

  /** Whether it takes traffic now. */
  boolean ready();

  /** Begins what a signal to end begins: the process hands its work over and ends with 0. */
  void drain();
}
