package io.atoll.http;

import io.atoll.plan.Tier;
import org.jspecify.annotations.Nullable;

/** Is told what the edge has done. Thread-safe; every call is quick and never throws. */
public interface EdgeMetrics {
  /** Counts nothing. */
  EdgeMetrics NONE = new NoMetrics();

  /** What is told of one tenant that is in this tier. */
  TenantMeter tenant(String tenant, Tier tier);

  /** A named action was used ({@code passed}) or refused. */
  void action(String tenant, Tier tier, String action, boolean passed);

  /** An error was answered; tenant and tier are null when the caller was not known. */
  void error(@Nullable String tenant, @Nullable Tier tier, String code);

  /** A quota has refused something, at the edge (an early denial) or at the tenant. */
  void denial(String tenant, @Nullable Tier tier, String quota, boolean atEdge);

  /** Open WebSocket sessions of a tenant of this tier became more (1) or fewer (-1). */
  void connections(Tier tier, int change);
}
