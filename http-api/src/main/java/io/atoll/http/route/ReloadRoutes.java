package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.access.TenantId;
import io.atoll.http.Configuration;
import io.atoll.http.Configuration.Memory;
import io.atoll.http.Configuration.Reload;
import io.atoll.http.Configuration.Reloaded;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/reload}: has all nodes read their configuration again and forget. */
final class ReloadRoutes {
  private static final int MAX_BODY = 4 * 1024;

  private final Configuration configuration;
  private final Bodies bodies;

  ReloadRoutes(Configuration configuration, Bodies bodies) {
    this.configuration = configuration;
    this.bodies = bodies;
  }

  void addTo(RouteTable table, Guard guard) {
    table.add("POST", "/api/reload", guard.operator(this::reload));
  }

  private CompletionStage<HttpResponse> reload(Call call) {
    call.query();
    return bodies
        .jsonIfAny(call, MAX_BODY)
        .thenCompose(
            body -> configuration.reload(body.length == 0 ? Reload.EVERYTHING : scope(body)))
        .thenApply(nodes -> Json.response(202, json -> write(json, nodes)));
  }

  private static Reload scope(byte[] body) {
    Fields fields = Fields.of(body, Set.of("tenant", "plans", "flags"));
    if (fields.names().isEmpty()) {
      return Reload.EVERYTHING;
    }
    boolean plans = flag(fields, "plans");
    boolean flags = flag(fields, "flags");
    String tenant = fields.text("tenant");
    if (tenant != null && !TenantId.isValid(tenant)) {
      throw fields.wrong("tenant", "must be the id of a tenant");
    }
    return new Reload(plans || flags, memory(tenant));
  }

  private static boolean flag(Fields fields, String name) {
    return fields.has(name) && fields.flag(name);
  }

  private static Memory memory(@Nullable String tenant) {
    return tenant == null ? new Memory.OfNobody() : new Memory.OfTenant(tenant);
  }

  private static void write(JsonGenerator json, List<Reloaded> nodes) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("nodes");
    for (Reloaded node : nodes) {
      json.writeStartObject();
      json.writeStringField("node", node.node());
      json.writeStringField("status", node.status());
      json.writeStringField("error", node.error());
      json.writeArrayFieldStart("needRestart");
      for (String key : node.needRestart()) {
        json.writeString(key);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
