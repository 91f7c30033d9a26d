package io.atoll.http.route;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.OperationKind;
import io.atoll.http.TenantMeter;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Remembers what the edge reports. */
final class RecordingMetrics implements EdgeMetrics {
  final Queue<String> operations = new ConcurrentLinkedQueue<>();
  final Queue<String> actions = new ConcurrentLinkedQueue<>();
  final Queue<String> errors = new ConcurrentLinkedQueue<>();
  final Queue<String> denials = new ConcurrentLinkedQueue<>();

  @Override
  public TenantMeter tenant(String tenant, Tier tier) {
    return new TenantMeter() {
      @Override
      public void operations(OperationKind kind, int status, int count, long nanos) {
        for (int i = 0; i < count; i++) {
          operations.add(tenant + " " + tier + " " + kind.label() + " " + status);
        }
      }

      @Override
      public void error(ErrorCode code) {
        errors.add(tenant + " " + tier + " " + code);
      }
    };
  }

  @Override
  public void action(String tenant, Tier tier, String action, boolean passed) {
    actions.add(tenant + " " + tier + " " + action + " " + passed);
  }

  @Override
  public void error(@Nullable String tenant, @Nullable Tier tier, String code) {
    errors.add(tenant + " " + tier + " " + code);
  }

  @Override
  public void denial(String tenant, @Nullable Tier tier, String quota, boolean atEdge) {
    denials.add(tenant + " " + tier + " " + quota + " " + atEdge);
  }

  @Override
  public void connections(Tier tier, int change) {
    throw new UnsupportedOperationException("only sessions report connections");
  }
}
