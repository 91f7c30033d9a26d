package io.atoll.http.session;

import io.atoll.http.EdgeMetrics;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Tells the edge's metrics what sessions have answered. */
final class SessionMeter {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final EdgeMetrics metrics;

  SessionMeter(EdgeMetrics metrics) {
    this.metrics = metrics;
  }

  /** A tenant has answered an operation so many nanoseconds after it was read. */
  void answered(String tenantId, Tier tier, Operation operation, Outcome outcome, long nanos) {
    metrics.operation(tenantId, tier, name(operation), status(outcome), nanos);
    if (outcome instanceof Outcome.Refused refused) {
      refused(tenantId, tier, refused.refusal(), false);
    }
  }

  /** A request was refused: at the edge, or by its tenant as a whole. */
  void refused(String tenantId, @Nullable Tier tier, Refusal refusal, boolean atEdge) {
    metrics.error(tenantId, tier, refusal.code().name());
    Denial denial = refusal.denial();
    if (denial != null) {
      metrics.denial(tenantId, tier, denial.quota(), atEdge);
    }
  }

  private static String name(Operation operation) {
    return switch (operation) {
      case Operation.Get get -> "get";
      case Operation.Set set -> "set";
      case Operation.Delete delete -> "delete";
      case Operation.Scan scan -> "scan";
      case Operation.ListMaps list -> "listMaps";
      case Operation.DropMap drop -> "dropMap";
    };
  }

  private static int status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Written written -> written.created() ? CREATED : OK;
      case Outcome.Removed removed -> NO_CONTENT;
      case Outcome.Found found -> OK;
      case Outcome.Scanned scanned -> OK;
      case Outcome.MapsListed listed -> OK;
      case Outcome.Refused refused -> refused.refusal().code().status();
    };
  }
}
