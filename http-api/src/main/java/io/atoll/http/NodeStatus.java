package io.atoll.http;

/**
 * What the node says of itself at {@code /ready}, {@code /version} and {@code /metrics}.
 * Thread-safe.
 */
public interface NodeStatus {
  /** Whether this node takes traffic now. */
  boolean ready();

  /** The version of the software. */
  String version();

  /** The metrics in Prometheus' text format. */
  String metrics();
}
