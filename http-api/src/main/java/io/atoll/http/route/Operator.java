package io.atoll.http.route;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.OperationKind;
import io.atoll.http.TenantMeter;
import io.atoll.http.gateway.Operated;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.refusal.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

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
    return all(call, List.of(operation)).thenApply(operated -> answer(call, operated, response));
  }

  /** The response with the tenant's rate, as it is told or as it was told last. */
  HttpResponse rated(Call call, HttpResponse response, Operated operated) {
    return operated.rate() == null
        ? Answers.withRate(response, call, gateway)
        : Answers.withRate(response, operated.rate());
  }

  CompletionStage<Operated> all(Call call, List<Operation> operations) {
    long began = System.nanoTime();
    return gateway
        .operate(
            call.tenantId(), call.principal().caller(), operations, call.arrival().executor())
        .thenApply(operated -> report(call, operations, operated, began));
  }

  private HttpResponse answer(
      Call call, Operated operated, Function<Outcome, HttpResponse> response) {
    HttpResponse answer =
        operated.only() instanceof Outcome.Refused refused
            ? Answers.refused(call, refused.refusal())
            : response.apply(operated.only());
    return rated(call, answer, operated);
  }

  private Operated report(Call call, List<Operation> operations, Operated operated, long began) {
    long nanos = System.nanoTime() - began;
    Tier tier = operated.tier();
    TenantMeter meter = tier == null ? null : metrics.tenant(call.tenantId(), tier);
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
      boolean atEdge = operated.tier() == null && operated.rate() == null;
      metrics.denial(tenantId, operated.tier(), refusal.denial().quota(), atEdge);
    }
  }
}
