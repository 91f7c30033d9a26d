package io.atoll.http.route;

import io.atoll.http.EdgeMetrics;
import io.atoll.plan.Tier;
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
  public void operation(String tenant, Tier tier, String op, int status, long nanos) {
    operations.add(tenant + " " + tier + " " + op + " " + status);
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
