package io.atoll.http;

import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Counts nothing: what tests and tools use that have no metrics. */
final class NoMetrics implements EdgeMetrics {
  private static final TenantMeter NONE =
      new TenantMeter() {
        @Override
        public void operations(OperationKind kind, int status, int count, long nanos) {}

        @Override
        public void error(ErrorCode code) {}
      };

  @Override
  public TenantMeter tenant(String tenant, Tier tier) {
    return NONE;
  }

  @Override
  public void action(String tenant, Tier tier, String action, boolean passed) {}

  @Override
  public void error(@Nullable String tenant, @Nullable Tier tier, String code) {}

  @Override
  public void denial(String tenant, @Nullable Tier tier, String quota, boolean atEdge) {}

  @Override
  public void connections(Tier tier, int change) {}
}
