package io.atoll.store;

/**
 * Is told of each commit, on the thread that it ends on; must be quick, thread-safe and not throw.
 */
@FunctionalInterface
public interface CommitListener {
  /** {@code changes} were committed together, with {@code bytes} in all, in {@code nanos}. */
  void committed(int changes, long bytes, long nanos);
}
