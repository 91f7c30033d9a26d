package io.atoll.http.route;

import io.atoll.access.TenantId;
import io.atoll.http.Cluster;
import io.atoll.map.Idempotency;
import io.atoll.map.Operation;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import io.atoll.tenant.TenantSpec;
import io.atoll.tenant.TenantView;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** {@code /api/tenants} and {@code /api/tenants/{id}}: the life of a tenant. */
final class TenantRoutes {
  private static final String ALL = "/api/tenants";
  private static final String ONE = "/api/tenants/{id}";
  private static final int MAX_BODY = 128 * 1024;

  private final Cluster cluster;
  private final Tenants tenants;
  private final Bodies bodies;
  private final TenantBodies reader;
  private final TenantJson writer;
  private final RandomGenerator random = new SecureRandom();

  TenantRoutes(
      Cluster cluster, Tenants tenants, Bodies bodies, TenantBodies reader, TenantJson writer) {
    this.cluster = cluster;
    this.tenants = tenants;
    this.bodies = bodies;
    this.reader = reader;
    this.writer = writer;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("POST", ALL, guard.operator(this::create))
        .add("GET", ONE, guard.tenant(this::describe))
        .add("PATCH", ONE, guard.tenant(this::patch))
        .add("DELETE", ONE, guard.tenantByOperator(this::remove));
  }

  private CompletionStage<HttpResponse> create(Call call) {
    call.query();
    return bodies.json(call, MAX_BODY).thenCompose(body -> create(call, body));
  }

  /**
   * A promise meets all that was promised with its key before at one tenant id, which is made of
   * the key, and there or not. Without an id of its own the new tenant is that very one.
   */
  private CompletionStage<HttpResponse> create(Call call, byte[] body) {
    TenantBodies.New wanted = reader.create(body);
    Idempotency promise = Promise.of(call, body);
    String id = wanted.id();
    if (promise == null) {
      return create(id == null ? TenantId.generate(random) : id, wanted.spec(), null);
    }
    String home = TenantId.generate(new SplittableRandom(Promise.seed(promise)));
    return id == null
        ? create(home, wanted.spec(), promise)
        : tenants.promised(home, promise).thenCompose(kept -> create(id, wanted.spec(), promise));
  }

  private CompletionStage<HttpResponse> create(
      String id, TenantSpec spec, @Nullable Idempotency promise) {
    return tenants.ask(
        id,
        replyTo -> new TenantCommand.Create(spec, promise, replyTo),
        TenantReply.Described.class,
        made -> {
          cluster.follow(made.tenant());
          return tenant(201, made.tenant(), true)
              .addHeader(RawHeader.create("Location", ALL + "/" + id));
        });
  }

  private CompletionStage<HttpResponse> describe(Call call) {
    call.query();
    boolean hot = tenants.isHot(call.tenantId());
    return tenants.ask(
        call.tenantId(),
        TenantCommand.Describe::new,
        TenantReply.Described.class,
        described -> tenant(200, described.tenant(), hot));
  }

  private CompletionStage<HttpResponse> patch(Call call) {
    call.query();
    long match = Versions.match(call.header("If-Match"));
    long version = match == Operation.PRESENT ? Operation.ANY : match;
    return bodies.patch(call, MAX_BODY).thenCompose(body -> patch(call, body, version));
  }

  private CompletionStage<HttpResponse> patch(Call call, byte[] body, long version) {
    TenantBodies.Changes changes = reader.patch(body);
    if (!call.principal().isAdmin()) {
      refuseOperatorsFields(changes);
    }
    return tenants.ask(
        call.tenantId(),
        replyTo -> new TenantCommand.Update(changes.patch(), version, replyTo),
        TenantReply.Described.class,
        described -> {
          tenants.gateway().limitsChanged(call.tenantId());
          if (changes.names().contains("plan")) {
            cluster.follow(described.tenant());
          }
          return tenant(200, described.tenant(), true);
        });
  }

  private static void refuseOperatorsFields(TenantBodies.Changes changes) {
    for (String name : changes.names()) {
      if (TenantBodies.OPERATORS_ONLY.contains(name)) {
        throw RefusedException.of(
            ErrorCode.FORBIDDEN, name + " is changed with the admin key only");
      }
    }
  }

  private CompletionStage<HttpResponse> remove(Call call) {
    boolean purge = call.query("purge").flag("purge", false);
    Idempotency promise = Promise.of(call, new byte[0]);
    return tenants.ask(
        call.tenantId(),
        replyTo -> new TenantCommand.Remove(purge, promise, replyTo),
        TenantReply.Accepted.class,
        accepted -> Answers.empty());
  }

  private HttpResponse tenant(int status, TenantView tenant, boolean hot) {
    HttpResponse response = Json.response(status, json -> writer.write(json, tenant, hot));
    return Versions.tag(response, tenant.version());
  }
}
