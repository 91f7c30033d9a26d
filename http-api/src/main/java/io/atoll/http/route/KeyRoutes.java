package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import io.atoll.map.Idempotency;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.KeyView;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** {@code /api/tenants/{id}/keys}: a tenant's API keys. The key itself is shown once. */
final class KeyRoutes {
  private static final String ALL = "/api/tenants/{id}/keys";
  private static final String ONE = "/api/tenants/{id}/keys/{keyId}";
  private static final Set<String> FIELDS = Set.of("name", "scopes", "expiresAt", "mode");
  private static final int MAX_BODY = 16 * 1024;
  private static final int LONGEST_NAME = 200;
  private static final long LONGEST_LIFE_MS = 315_360_000_000L;
  private static final long NEVER = -1;

  private final Tenants tenants;
  private final Bodies bodies;
  private final TimeSource time;

  KeyRoutes(Tenants tenants, Bodies bodies, TimeSource time) {
    this.tenants = tenants;
    this.bodies = bodies;
    this.time = time;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("POST", ALL, guard.tenant(this::make))
        .add("GET", ALL, guard.tenant(this::list))
        .add("DELETE", ONE, guard.tenant(this::revoke));
  }

  private CompletionStage<HttpResponse> make(Call call) {
    call.query();
    return bodies.json(call, MAX_BODY).thenCompose(body -> make(call, body));
  }

  private CompletionStage<HttpResponse> make(Call call, byte[] body) {
    Fields fields = Fields.of(body, FIELDS);
    String name = name(fields);
    Set<Scope> scopes = scopes(call, fields);
    KeyMode mode = mode(fields);
    long expiresAt = expiresAt(fields);
    Idempotency promise = Promise.of(call, body);
    return tenants.ask(
        call.tenantId(),
        replyTo -> new TenantCommand.MakeKey(name, scopes, mode, expiresAt, promise, replyTo),
        TenantReply.KeyMade.class,
        made -> made(call, made));
  }

  private static HttpResponse made(Call call, TenantReply.KeyMade made) {
    String place = "/api/tenants/" + call.tenantId() + "/keys/" + made.key().id();
    return Json.response(201, json -> key(json, made.key(), made.text()))
        .addHeader(RawHeader.create("Location", place))
        .addHeader(RawHeader.create("Cache-Control", "no-store"));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    call.query();
    return tenants.ask(
        call.tenantId(),
        TenantCommand.ListKeys::new,
        TenantReply.KeysListed.class,
        listed -> Json.response(200, json -> keys(json, listed.keys())));
  }

  private CompletionStage<HttpResponse> revoke(Call call) {
    call.query();
    String keyId = call.name(1);
    return tenants.ask(
        call.tenantId(),
        replyTo -> new TenantCommand.RevokeKey(keyId, replyTo),
        TenantReply.Accepted.class,
        accepted -> Answers.empty());
  }

  private static void keys(JsonGenerator json, List<KeyView> keys) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("items");
    for (KeyView key : keys) {
      key(json, key, null);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void key(JsonGenerator json, KeyView key, @Nullable String text)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", key.id());
    if (text != null) {
      json.writeStringField("key", text);
    }
    json.writeStringField("name", key.name());
    json.writeStringField("prefix", key.prefix());
    json.writeStringField("mode", key.mode().apiName());
    json.writeArrayFieldStart("scopes");
    for (Scope scope : Scope.values()) {
      if (key.scopes().contains(scope)) {
        json.writeString(scope.apiName());
      }
    }
    json.writeEndArray();
    Json.time(json, "createdAt", key.createdAt());
    Json.time(json, "expiresAt", key.expiresAt());
    Json.time(json, "lastUsedAt", key.lastUsedAt());
    Json.time(json, "revokedAt", key.revokedAt());
    json.writeEndObject();
  }

  private static String name(Fields fields) {
    String name = fields.text("name");
    if (name == null
        || name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw fields.wrong("name", "must be 1 to 200 printable characters");
    }
    return name;
  }

  private static Set<Scope> scopes(Call call, Fields fields) {
    List<String> names = fields.texts("scopes");
    Set<Scope> scopes = names == null ? Scope.DEFAULT : scopes(fields, names);
    for (Scope scope : scopes) {
      if (!call.principal().may(scope)) {
        throw RefusedException.of(
            ErrorCode.FORBIDDEN, "a key cannot have more scopes than its maker");
      }
    }
    return scopes;
  }

  private static Set<Scope> scopes(Fields fields, List<String> names) {
    if (names.isEmpty()) {
      throw fields.wrong("scopes", "must name read, write or admin");
    }
    return names.stream()
        .map(name ->
            Scope.byName(name)
                .orElseThrow(() -> fields.wrong("scopes", "must name read, write or admin")))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static KeyMode mode(Fields fields) {
    String mode = fields.text("mode");
    return mode == null
        ? KeyMode.LIVE
        : KeyMode.byName(mode).orElseThrow(() -> fields.wrong("mode", "must be live or test"));
  }

  private long expiresAt(Fields fields) {
    if (!fields.has("expiresAt") || fields.isNull("expiresAt")) {
      return NEVER;
    }
    long now = time.epochMillis();
    long expiresAt = Times.millis("expiresAt", fields.text("expiresAt"), NEVER);
    if (expiresAt <= now || expiresAt - now > LONGEST_LIFE_MS) {
      throw fields.wrong("expiresAt", "must be in the future, within ten years");
    }
    return expiresAt;
  }
}
