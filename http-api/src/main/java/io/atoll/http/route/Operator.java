package io.atoll.http.route;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.OperationKind;
import io.atoll.http.OutcomeStatus;
import io.atoll.http.TenantMeter;
import io.atoll.http.gateway.OperateRequest;
import io.atoll.http.gateway.Operated;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.Idempotency;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.refusal.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Applies operations on behalf of calls, and reports them to the metrics. */
final class Operator {
  private final TenantGateway gateway;
  private final EdgeMetrics metrics;

  Operator(TenantGateway gateway, EdgeMetrics metrics) {
    this.gateway = gateway;
    this.metrics = metrics;
  }

  /** Applies one operation; a refusal of it becomes the response. */
  CompletionStage<HttpResponse> one(
      Call call, Operation operation, Function<Outcome, HttpResponse> response) {
    return all(call, List.of(operation), null)
        .thenApply(operated -> answer(call, operated, response));
  }

  /**
   * Applies operations; none is a request all the same, which the tenant admits or refuses. What is
   * refused as a whole carries the same refusal for each operation. The promise is that of the
   * request as a whole.
   */
  CompletionStage<Operated> all(
      Call call, List<Operation> operations, @Nullable Idempotency promise) {
    long began = System.nanoTime();
    return gateway
        .operate(
            call.tenantId(),
            new OperateRequest(
                call.principal().caller(), operations, promise, call.arrival().executor()))
        .thenApply(operated -> report(call, operations, operated, began));
  }

  private HttpResponse answer(
      Call call, Operated operated, Function<Outcome, HttpResponse> response) {
    HttpResponse answer =
        operated.only() instanceof Outcome.Refused refused
            ? Answers.refused(call, refused.refusal())
            : response.apply(operated.only());
    return Answers.withRate(answer, operated.rate());
  }

  private Operated report(Call call, List<Operation> operations, Operated operated, long began) {
    long nanos = System.nanoTime() - began;
    if (operations.isEmpty() && operated.refusal() != null) {
      refused(call.tenantId(), operated, operated.refusal());
    }
    Tier tier = operated.tier();
    TenantMeter meter =
        tier == null || operated.atEdge() ? null : metrics.tenant(call.tenantId(), tier);
    for (int i = 0; i < operations.size(); i++) {
      Outcome outcome = operated.outcomes().get(i);
      if (meter != null) {
        OperationKind kind = OperationKind.of(operations.get(i));
        meter.operations(kind, OutcomeStatus.of(outcome), 1, nanos);
      }
      if (outcome instanceof Outcome.Refused refused) {
        refused(call.tenantId(), operated, refused.refusal());
      }
    }
    return operated;
  }

  private void refused(String tenantId, Operated operated, Refusal refusal) {
    metrics.error(tenantId, operated.tier(), refusal.code().name());
    if (refusal.denial() != null) {
      metrics.denial(tenantId, operated.tier(), refusal.denial().quota(), operated.atEdge());
    }
  }
}
