package io.atoll.http.session;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.OperationKind;
import io.atoll.http.OutcomeStatus;
import io.atoll.http.TenantMeter;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Tells the edge's metrics what sessions have answered. */
final class SessionMeter {
  private final EdgeMetrics metrics;
  private final Tally tally = new Tally();
  private @Nullable Subject subject;

  SessionMeter(EdgeMetrics metrics) {
    this.metrics = metrics;
  }

  /** The reply of a tenant is over, so many nanoseconds after what it answers was read. */
  void replied(String tenantId, Tier tier, long nanos) {
    tally.tell(subject(tenantId, tier).meter, nanos);
  }

  /** A tenant has answered an operation; the rest of its reply follows. */
  void answered(String tenantId, Tier tier, Operation operation, Outcome outcome) {
    tally.add(OperationKind.of(operation), OutcomeStatus.of(outcome));
    if (outcome instanceof Outcome.Refused refused) {
      subject(tenantId, tier).meter.error(refused.refusal().code());
      denied(tenantId, tier, refused.refusal(), false);
    }
  }

  /** A request was refused: at the edge, or by its tenant as a whole. */
  void refused(String tenantId, @Nullable Tier tier, Refusal refusal, boolean atEdge) {
    metrics.error(tenantId, tier, refusal.code().name());
    denied(tenantId, tier, refusal, atEdge);
  }

  private void denied(String tenantId, @Nullable Tier tier, Refusal refusal, boolean atEdge) {
    Denial denial = refusal.denial();
    if (denial != null) {
      metrics.denial(tenantId, tier, denial.quota(), atEdge);
    }
  }

  private Subject subject(String tenantId, Tier tier) {
    Subject known = subject;
    if (known == null || known.tier != tier || !known.tenantId.equals(tenantId)) {
      known = new Subject(tenantId, tier, metrics.tenant(tenantId, tier));
      subject = known;
    }
    return known;
  }

  /** The tenant that has answered last. */
  private record Subject(String tenantId, Tier tier, TenantMeter meter) {}
}
