package io.atoll.store;

/**
 * What happens when a write failed and nobody knows what the disk holds now: the process must not
 * go on, for a later fsync may succeed without having written what the failed one lost.
 */
@FunctionalInterface
public interface FatalFailure {
  void happened(String what, Throwable cause);

  /** Says so in the log and ends the process at once, with exit code 70. */
  static FatalFailure exit() {
    return new ExitOnFatalFailure();
  }
}
