package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.access.TenantId;
import io.atoll.http.Cluster;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Live figures: of one tenant, and of every tenant that is hot, waking none. */
final class StatsRoutes {
  private final Tenants tenants;
  private final Cluster cluster;

  StatsRoutes(Tenants tenants, Cluster cluster) {
    this.tenants = tenants;
    this.cluster = cluster;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("GET", "/api/tenants/{id}/stats", guard.tenant(this::one))
        .add("GET", "/api/stats", guard.operator(this::all));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    call.query();
    return tenants.ask(
        call.tenantId(),
        TenantCommand.ReadStats::new,
        TenantReply.StatsRead.class,
        read -> Json.response(200, json -> stats(json, read)));
  }

  private CompletionStage<HttpResponse> all(Call call) {
    Query query = call.query("limit", "cursor");
    int limit = (int) query.integer("limit", 1, 1_000, 100);
    return cluster.hotTenants(after(query), limit + 1).thenCompose(hot -> sampled(hot, limit));
  }

  private CompletionStage<HttpResponse> sampled(List<String> hot, int limit) {
    boolean more = hot.size() > limit;
    List<String> page = more ? hot.subList(0, limit) : hot;
    String next = more ? cursor(page.getLast()) : null;
    List<CompletableFuture<TenantReply>> replies =
        page.stream().map(id -> tenants.gateway().sample(id).toCompletableFuture()).toList();
    return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
        .thenApply(done -> page(replies, next));
  }

  /** A tenant that comes or goes meanwhile is left out. */
  private static HttpResponse page(
      List<CompletableFuture<TenantReply>> replies, @Nullable String next) {
    List<TenantReply.StatsRead> reads = new ArrayList<>();
    for (CompletableFuture<TenantReply> reply : replies) {
      if (reply.join() instanceof TenantReply.StatsRead read) {
        reads.add(read);
      }
    }
    return Json.response(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (TenantReply.StatsRead read : reads) {
            stats(json, read);
          }
          json.writeEndArray();
          json.writeStringField("nextCursor", next);
          json.writeEndObject();
        });
  }

  private static void stats(JsonGenerator json, TenantReply.StatsRead read) throws IOException {
    json.writeStartObject();
    json.writeStringField("tenantId", read.tenantId());
    figures(json, "usage", read.usage());
    json.writeFieldName("quotas");
    TenantJson.quotas(json, read.quotas());
    figures(json, "utilization", read.utilization());
    json.writeEndObject();
  }

  private static void figures(JsonGenerator json, String name, Map<String, Double> figures)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      double value = figure.getValue();
      if (value == Math.rint(value)) {
        json.writeNumberField(figure.getKey(), (long) value);
      } else {
        json.writeNumberField(figure.getKey(), value);
      }
    }
    json.writeEndObject();
  }

  private static String cursor(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String after(Query query) {
    String cursor = query.textOrNull("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (TenantId.isValid(id)) {
        return id;
      }
    } catch (IllegalArgumentException foreign) {
      throw badCursor();
    }
    throw badCursor();
  }

  private static RefusedException badCursor() {
    return RefusedException.invalid("cursor is not one that this server gave");
  }
}
