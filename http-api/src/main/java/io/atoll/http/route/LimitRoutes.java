package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.http.EdgeMetrics;
import io.atoll.map.Idempotency;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.ActionStatus;
import io.atoll.quota.Quota;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.Directory;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** {@code /api/tenants/{id}/limits/{action}}: named actions within a window of time. */
final class LimitRoutes {
  private static final String ONE = "/api/tenants/{id}/limits/{action}";
  private static final int MAX_BODY = 1_024;

  private final Tenants tenants;
  private final Bodies bodies;
  private final Directory directory;
  private final EdgeMetrics metrics;

  LimitRoutes(Tenants tenants, Bodies bodies, Directory directory, EdgeMetrics metrics) {
    this.tenants = tenants;
    this.bodies = bodies;
    this.directory = directory;
    this.metrics = metrics;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("GET", ONE, guard.tenant(this::read))
        .add("DELETE", ONE, guard.tenantByOperator(this::reset))
        .add("POST", ONE + "/consume", guard.tenant(this::consume));
  }

  private CompletionStage<HttpResponse> read(Call call) {
    call.query();
    String action = action(call);
    return tenants.ask(
        call.tenantId(),
        replyTo -> new TenantCommand.ReadAction(action, replyTo),
        TenantReply.ActionRead.class,
        LimitRoutes::status);
  }

  private CompletionStage<HttpResponse> reset(Call call) {
    call.query();
    String action = action(call);
    return tenants.ask(
        call.tenantId(),
        replyTo -> new TenantCommand.ResetAction(action, replyTo),
        TenantReply.Accepted.class,
        accepted -> Answers.empty());
  }

  private CompletionStage<HttpResponse> consume(Call call) {
    call.query();
    String action = action(call);
    CompletionStage<byte[]> body =
        call.request().entity().isKnownEmpty()
            ? CompletableFuture.completedFuture(new byte[] {'{', '}'})
            : bodies.json(call, MAX_BODY);
    return body.thenCompose(bytes -> consume(call, action, bytes));
  }

  private CompletionStage<HttpResponse> consume(Call call, String action, byte[] body) {
    Fields fields = Fields.of(body, Set.of("count"));
    long count = fields.has("count") ? fields.integer("count", 1, Quota.MAX_LIMIT) : 1;
    Idempotency promise = Promise.of(call, body);
    String tenantId = call.tenantId();
    return tenants
        .gateway()
        .ask(tenantId, replyTo -> new TenantCommand.UseAction(action, count, promise, replyTo))
        .thenApply(reply -> {
          report(tenantId, action, reply);
          return Answers.expect(reply, TenantReply.ActionRead.class, LimitRoutes::status);
        });
  }

  /** Tells the metrics, when the directory knows the tenant's tier, whether the action passed. */
  private void report(String tenantId, String action, TenantReply reply) {
    boolean passed = reply instanceof TenantReply.ActionRead;
    boolean denied =
        reply instanceof TenantReply.Refused refused && refused.refusal().denial() != null;
    if (passed || denied) {
      directory
          .find(tenantId)
          .thenAccept(listing ->
              listing
                  .flatMap(known -> Tier.byName(known.tier()))
                  .ifPresent(tier -> metrics.action(tenantId, tier, action, passed)));
    }
  }

  private static String action(Call call) {
    String action = call.name(1);
    if (!ActionLimit.isName(action)) {
      throw RefusedException.of(ErrorCode.NOT_FOUND, "there is no such action limit");
    }
    return action;
  }

  private static HttpResponse status(TenantReply.ActionRead read) {
    return Json.response(200, json -> status(json, read.status()));
  }

  private static void status(JsonGenerator json, ActionStatus status) throws IOException {
    json.writeStartObject();
    json.writeStringField("action", status.action());
    json.writeNumberField("limit", status.limit());
    json.writeNumberField("windowMs", status.windowMs());
    json.writeNumberField("current", status.current());
    json.writeNumberField("remaining", status.remaining());
    Json.time(json, "resetAt", status.resetAt());
    json.writeEndObject();
  }
}
