package io.atoll.tenant;

/** Brings commands to tenants. Thread-safe. */
@FunctionalInterface
public interface TenantPost {
  /** Sends a command; what one thread sends to one tenant arrives in that order. */
  void send(String tenantId, TenantCommand.Public command);
}
