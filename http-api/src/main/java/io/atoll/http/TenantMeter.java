package io.atoll.http;

import io.atoll.refusal.ErrorCode;

/**
 * Is told what the edge has answered for one tenant in one tier. Quick to tell and slow to find, so
 * whoever tells more than once keeps it. Thread-safe; no call ever throws.
 */
public interface TenantMeter {
  /**
   * So many operations were answered. {@code status} is the HTTP status of their own outcome, also
   * over a WebSocket; {@code nanos} is the time that each took since the edge had read it.
   */
  void operations(OperationKind kind, int status, int count, long nanos);

  /** An error was answered. */
  void error(ErrorCode code);
}
