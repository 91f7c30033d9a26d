package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.http.Cluster;
import io.atoll.http.Cluster.Aborted;
import io.atoll.map.Idempotency;
import io.atoll.plan.Tier;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.Migration;
import io.atoll.tenant.MoveTarget;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import io.atoll.tenant.TenantView;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** Moves tenants to other nodes and tiers, and tells how that went. */
final class MigrationRoutes {
  private static final String ALL = "/api/tenants/{id}/migrations";
  private static final int MAX_BODY = 4 * 1024;

  private final Cluster cluster;
  private final Tenants tenants;
  private final Bodies bodies;

  MigrationRoutes(Cluster cluster, Tenants tenants, Bodies bodies) {
    this.cluster = cluster;
    this.tenants = tenants;
    this.bodies = bodies;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("POST", ALL, guard.tenantByOperator(this::begin))
        .add("GET", ALL, guard.tenantByOperator(this::list))
        .add("GET", ALL + "/{mid}", guard.tenantByOperator(this::one))
        .add("POST", ALL + "/{mid}/abort", guard.tenantByOperator(this::abort));
  }

  private CompletionStage<HttpResponse> begin(Call call) {
    call.query();
    return bodies.json(call, MAX_BODY).thenCompose(body -> begin(call, body));
  }

  private CompletionStage<HttpResponse> begin(Call call, byte[] body) {
    MoveTarget target = target(body);
    Idempotency promise = Promise.of(call, body);
    return existing(call)
        .thenCompose(tenant ->
            promise == null
                ? begin(call, target, null)
                : tenants
                    .promised(call.tenantId(), promise)
                    .thenCompose(kept -> begin(call, target, name(promise, tenant))));
  }

  /** One name for each key of a caller; a tenant that had the id before has others. */
  private static String name(Idempotency promise, TenantView tenant) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(Promise.seed(promise)) + "-" + hex.toHexDigits(tenant.createdAt());
  }

  private CompletionStage<HttpResponse> begin(Call call, MoveTarget target, @Nullable String name) {
    return cluster
        .migrate(call.tenantId(), target, name)
        .thenApply(begun ->
            begun
                .map(migration -> accepted(migration, target))
                .orElseThrow(() ->
                    RefusedException.invalid(
                        "to.node must be the address of a node that is up, to.tier a tier that"
                            + " such a node serves, as GET /api/cluster shows them")));
  }

  private static MoveTarget target(byte[] body) {
    Fields to = Fields.of(body, Set.of("to")).object("to");
    String node = to == null ? null : to.only(Set.of("node", "tier")).text("node");
    String tier = to == null ? null : to.text("tier");
    if ((node == null) == (tier == null)) {
      throw RefusedException.invalid("to must name a node or a tier");
    }
    return node == null ? new MoveTarget.OfTier(tier(tier)) : new MoveTarget.OfNode(node);
  }

  private static Tier tier(String name) {
    return Tier.byName(name)
        .orElseThrow(() -> RefusedException.invalid("to.tier must be A, B or C"));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    call.query();
    return found(call)
        .thenApply(migrations ->
            Json.response(
                200,
                json -> {
                  json.writeStartObject();
                  json.writeArrayFieldStart("items");
                  for (Migration migration : migrations) {
                    write(json, migration);
                  }
                  json.writeEndArray();
                  json.writeEndObject();
                }));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    call.query();
    String id = call.name(1);
    return found(call)
        .thenApply(migrations ->
            migrations.stream()
                .filter(migration -> migration.id().equals(id))
                .findFirst()
                .map(migration -> Json.response(200, json -> write(json, migration)))
                .orElseThrow(MigrationRoutes::missing));
  }

  private static RefusedException missing() {
    return RefusedException.of(ErrorCode.NOT_FOUND, "there is no such migration");
  }

  private CompletionStage<HttpResponse> abort(Call call) {
    call.query();
    String id = call.name(1);
    return found(call)
        .thenCompose(migrations ->
            migrations.stream().anyMatch(migration -> migration.id().equals(id))
                ? cluster.abort(call.tenantId(), id)
                : CompletableFuture.completedFuture(new Aborted.NoSuchMigration()))
        .thenApply(aborted ->
            switch (aborted) {
              case Aborted.Done(var migration) ->
                  Json.response(200, json -> write(json, migration));
              case Aborted.NoSuchMigration() -> throw missing();
              case Aborted.TooLate() ->
                  throw RefusedException.of(
                      ErrorCode.CONFLICT,
                      "the migration has ended, or the tenant belongs to its new place already:"
                          + " move it back instead");
            });
  }

  /** Those of the tenant itself: one that was purged may have had its id before. */
  private CompletionStage<List<Migration>> found(Call call) {
    return existing(call)
        .thenCompose(tenant ->
            cluster
                .migrations(call.tenantId())
                .thenApply(all ->
                    all.stream()
                        .filter(migration -> migration.isOfTenantCreatedAt(tenant.createdAt()))
                        .toList()));
  }

  /** Fails with the tenant's own refusal when there is none to move. */
  private CompletionStage<TenantView> existing(Call call) {
    return tenants
        .gateway()
        .ask(call.tenantId(), TenantCommand.Describe::new)
        .thenApply(reply ->
            switch (reply) {
              case TenantReply.Described described -> described.tenant();
              case TenantReply.Refused refused -> throw new RefusedException(refused.refusal());
              default -> throw new IllegalStateException("not an answer to this: " + reply);
            });
  }

  /** A key may outlive what the tenant knows of it, by the time that its first use took. */
  private static HttpResponse accepted(Migration migration, MoveTarget target) {
    if (!migration.to().equals(target)) {
      throw RefusedException.of(
          ErrorCode.CONFLICT, "the idempotency key was used with another request before");
    }
    return Json.response(202, json -> write(json, migration))
        .addHeader(
            RawHeader.create(
                "Location",
                "/api/tenants/" + migration.tenantId() + "/migrations/" + migration.id()));
  }

  private static void write(JsonGenerator json, Migration migration) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", migration.id());
    json.writeStringField("tenantId", migration.tenantId());
    json.writeObjectFieldStart("from");
    json.writeStringField("node", migration.from());
    json.writeEndObject();
    target(json, migration.to());
    json.writeStringField("status", migration.status().apiName());
    json.writeStringField("step", migration.step().apiName());
    if (migration.pauseMs() < 0) {
      json.writeNullField("pauseMs");
    } else {
      json.writeNumberField("pauseMs", migration.pauseMs());
    }
    json.writeStringField("error", migration.error());
    Json.time(json, "startedAt", migration.startedAt());
    Json.time(json, "completedAt", migration.completedAt());
    json.writeEndObject();
  }

  private static void target(JsonGenerator json, MoveTarget target) throws IOException {
    json.writeObjectFieldStart("to");
    switch (target) {
      case MoveTarget.OfNode ofNode -> {
        json.writeStringField("node", ofNode.node());
        json.writeNullField("tier");
      }
      case MoveTarget.OfTier ofTier -> {
        json.writeNullField("node");
        json.writeStringField("tier", ofTier.tier().name());
      }
    }
    json.writeEndObject();
  }
}
