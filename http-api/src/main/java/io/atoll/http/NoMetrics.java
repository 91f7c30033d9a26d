package io.atoll.http;

import io.atoll.plan.Tier;
import org.jspecify.annotations.Nullable;

/** Counts nothing: what tests and tools use that have no metrics. */
final class NoMetrics implements EdgeMetrics {
  @Override
  public void operation(String tenant, Tier tier, String op, int status, long nanos) {}

  @Override
  public void action(String tenant, Tier tier, String action, boolean passed) {}

  @Override
  public void error(@Nullable String tenant, @Nullable Tier tier, String code) {}

  @Override
  public void denial(String tenant, @Nullable Tier tier, String quota, boolean atEdge) {}

  @Override
  public void connections(Tier tier, int change) {}
}
