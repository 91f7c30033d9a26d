package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.http.Cluster;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.Quotas;
import io.atoll.tenant.TenantView;
import java.io.IOException;
import java.util.Map;

/** Tenants and their quotas as JSON. */
final class TenantJson {
  private final String region;
  private final Cluster cluster;

  /** Where tenants live. */
  TenantJson(String region, Cluster cluster) {
    this.region = region;
    this.cluster = cluster;
  }

  /** Writes the tenant; {@code hot} says whether it was in memory when it was asked for. */
  void write(JsonGenerator json, TenantView tenant, boolean hot) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", tenant.id());
    json.writeStringField("name", tenant.name());
    json.writeStringField("plan", tenant.plan());
    json.writeStringField("tier", tenant.tier().name());
    json.writeStringField("status", tenant.status().apiName());
    json.writeStringField("state", hot ? "hot" : "warm");
    json.writeFieldName("quotas");
    quotas(json, tenant.quotas());
    json.writeFieldName("quotaOverrides");
    overrides(json, tenant.quotaOverrides());
    json.writeObjectFieldStart("features");
    for (Map.Entry<String, Boolean> feature : tenant.features().entrySet()) {
      json.writeBooleanField(feature.getKey(), feature.getValue());
    }
    json.writeEndObject();
    json.writeFieldName("metadata");
    json.writeRawValue(tenant.metadataJson());
    json.writeStringField("email", tenant.email());
    home(json, tenant);
    Json.time(json, "lastAccessAt", tenant.lastAccessAt());
    json.writeNumberField("dataBytes", tenant.dataBytes());
    json.writeNumberField("version", tenant.version());
    Json.time(json, "createdAt", tenant.createdAt());
    Json.time(json, "updatedAt", tenant.updatedAt());
    json.writeEndObject();
  }

  static void quotas(JsonGenerator json, Quotas quotas) throws IOException {
    json.writeStartObject();
    for (Quota quota : Quota.values()) {
      json.writeNumberField(quota.apiName(), quotas.limit(quota));
    }
    actions(json, quotas.actions());
    json.writeEndObject();
  }

  private static void overrides(JsonGenerator json, QuotaOverrides overrides) throws IOException {
    json.writeStartObject();
    for (Map.Entry<Quota, Long> limit : overrides.limits().entrySet()) {
      json.writeNumberField(limit.getKey().apiName(), limit.getValue());
    }
    if (!overrides.actions().isEmpty()) {
      actions(json, overrides.actions());
    }
    json.writeEndObject();
  }

  private static void actions(JsonGenerator json, Map<String, ActionLimit> actions)
      throws IOException {
    json.writeObjectFieldStart("actions");
    for (Map.Entry<String, ActionLimit> action : actions.entrySet()) {
      json.writeObjectFieldStart(action.getKey());
      json.writeNumberField("limit", action.getValue().limit());
      json.writeNumberField("windowMs", action.getValue().windowMs());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void home(JsonGenerator json, TenantView tenant) throws IOException {
    json.writeObjectFieldStart("residency");
    json.writeArrayFieldStart("regions");
    for (String allowed : tenant.residency().regions()) {
      json.writeString(allowed);
    }
    json.writeEndArray();
    json.writeEndObject();
    Cluster.Home home = cluster.home(tenant);
    json.writeObjectFieldStart("home");
    json.writeStringField("region", region);
    json.writeStringField("cell", home.cell());
    json.writeStringField("node", home.node());
    json.writeEndObject();
  }
}
