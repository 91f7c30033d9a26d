package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.plan.Plan;
import io.atoll.plan.Plans;
import io.atoll.refusal.ErrorCode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** {@code GET /api/plans}: what the plans hold. */
final class PlanRoutes {
  private final Supplier<Plans> plans;

  PlanRoutes(Supplier<Plans> plans) {
    this.plans = plans;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("GET", "/api/plans", guard.operator(this::all))
        .add("GET", "/api/plans/{plan}", guard.operator(this::one));
  }

  private CompletionStage<HttpResponse> all(Call call) {
    call.query();
    return CompletableFuture.completedFuture(
        Json.response(
            200,
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("items");
              for (Plan plan : plans.get().all()) {
                plan(json, plan);
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    call.query();
    Plan plan =
        plans
            .get()
            .find(call.name(0))
            .orElseThrow(() -> RefusedException.of(ErrorCode.NOT_FOUND, "there is no such plan"));
    return CompletableFuture.completedFuture(Json.response(200, json -> plan(json, plan)));
  }

  private static void plan(JsonGenerator json, Plan plan) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", plan.name());
    json.writeStringField("tier", plan.tier().name());
    json.writeFieldName("quotas");
    TenantJson.quotas(json, plan.quotas());
    json.writeObjectFieldStart("features");
    for (Map.Entry<String, Boolean> feature : plan.features().entrySet()) {
      json.writeBooleanField(feature.getKey(), feature.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
