package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.http.Cluster;
import io.atoll.http.Configuration;
import io.atoll.http.Configuration.PlanChange;
import io.atoll.plan.ListedPlan;
import io.atoll.plan.Plan;
import io.atoll.plan.PlanBook;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/plans}: what the plans hold, for all nodes. */
final class PlanRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(PlanRoutes.class);
  private static final String ALL = "/api/plans";
  private static final String ONE = "/api/plans/{plan}";
  private static final int MAX_BODY = 64 * 1024;

  private final Configuration configuration;
  private final PlanBook plans;
  private final Cluster cluster;
  private final Bodies bodies;

  PlanRoutes(Configuration configuration, Cluster cluster, Bodies bodies) {
    this.configuration = configuration;
    this.plans = configuration.plans();
    this.cluster = cluster;
    this.bodies = bodies;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("GET", ALL, guard.operator(this::all))
        .add("GET", ONE, guard.operator(this::one))
        .add("PUT", ONE, guard.operator(this::put));
  }

  private CompletionStage<HttpResponse> all(Call call) {
    call.query();
    return CompletableFuture.completedFuture(
        Json.response(
            200,
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("items");
              for (ListedPlan plan : plans.all()) {
                write(json, plan);
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    call.query();
    ListedPlan plan =
        plans
            .find(call.name(0))
            .orElseThrow(() -> RefusedException.of(ErrorCode.NOT_FOUND, "there is no such plan"));
    return CompletableFuture.completedFuture(plan(200, plan));
  }

  private CompletionStage<HttpResponse> put(Call call) {
    call.query();
    String name = call.name(0);
    if (!Plan.isName(name)) {
      throw RefusedException.invalid(
          "the plan's name must be 1 to 63 of a-z 0-9 -, without a hyphen at an end");
    }
    long condition = Versions.condition(call);
    return bodies
        .json(call, MAX_BODY)
        .thenCompose(body ->
            configuration
                .keep(PlanBodies.read(body, plans.base(name)), condition)
                .handle((change, failure) -> {
                  if (change instanceof PlanChange.Kept kept && hasAnotherTier(kept)) {
                    cluster.followPlan(name);
                  }
                  return answer(name, change, failure);
                }));
  }

  private static boolean hasAnotherTier(PlanChange.Kept kept) {
    Tier now = kept.plan().plan().tier();
    return kept.before().map(listed -> listed.plan().tier() != now).orElse(false);
  }

  private static HttpResponse answer(
      String name, @Nullable PlanChange change, @Nullable Throwable failure) {
    return switch (change) {
      case null -> {
        LOG.warn("plan {} may not be stored", name, failure);
        throw RefusedException.of(
            ErrorCode.UNAVAILABLE, "the store did not answer; the plan may or may not be stored");
      }
      case PlanChange.Kept kept -> {
        HttpResponse response = plan(kept.created() ? 201 : 200, kept.plan());
        yield kept.created()
            ? response.addHeader(RawHeader.create("Location", ALL + "/" + name))
            : response;
      }
      case PlanChange.Mismatch mismatch ->
          throw RefusedException.of(
              ErrorCode.VERSION_MISMATCH, "the plan does not have that version");
      case PlanChange.Contended contended ->
          throw RefusedException.of(
              ErrorCode.UNAVAILABLE, "others are changing the plans; try again");
    };
  }

  private static HttpResponse plan(int status, ListedPlan plan) {
    return Versions.tag(Json.response(status, json -> write(json, plan)), plan.version());
  }

  private static void write(JsonGenerator json, ListedPlan listed) throws IOException {
    Plan plan = listed.plan();
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
    json.writeStringField("source", listed.source().apiName());
    json.writeEndObject();
  }
}
