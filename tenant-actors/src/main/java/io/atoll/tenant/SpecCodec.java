package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.Quotas;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads the descriptions of tenants and their quotas. */
final class SpecCodec {
  private SpecCodec() {}

  static ObjectNode write(TenantSpec spec) {
    ObjectNode node = Wire.object();
    node.put("name", spec.name());
    node.put("plan", spec.plan());
    node.set("quotas", write(spec.quotas()));
    Wire.map(node, "features", spec.features(), BooleanNode::valueOf);
    node.put("metadata", spec.metadataJson());
    node.put("email", spec.email());
    Wire.list(node, "regions", spec.residency().regions(), TextNode::valueOf);
    return node;
  }

  static TenantSpec spec(JsonNode node) {
    return new TenantSpec(
        Wire.text(node, "name"),
        Wire.text(node, "plan"),
        overrides(Wire.field(node, "quotas")),
        Wire.map(node, "features", JsonNode::booleanValue),
        Wire.text(node, "metadata"),
        Wire.textOrNull(node, "email"),
        new Residency(Wire.list(node, "regions", JsonNode::textValue)));
  }

  static ObjectNode write(QuotaOverrides overrides) {
    ObjectNode node = Wire.object();
    Map<String, Long> limits = new TreeMap<>();
    overrides.limits().forEach((quota, limit) -> limits.put(quota.apiName(), limit));
    Wire.map(node, "limits", limits, LongNode::valueOf);
    Wire.map(node, "actions", overrides.actions(), SpecCodec::write);
    return node;
  }

  static QuotaOverrides overrides(JsonNode node) {
    Map<Quota, Long> limits = new EnumMap<>(Quota.class);
    Wire.map(node, "limits", JsonNode::longValue)
        .forEach((name, limit) -> Quota.byName(name).ifPresent(it -> limits.put(it, limit)));
    return new QuotaOverrides(limits, Wire.map(node, "actions", SpecCodec::action));
  }

  static ObjectNode write(Quotas quotas) {
    Map<Quota, Long> limits = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      limits.put(quota, quotas.limit(quota));
    }
    return write(new QuotaOverrides(limits, quotas.actions()));
  }

  static Quotas quotas(JsonNode node) {
    QuotaOverrides all = overrides(node);
    Quotas.Builder builder = Quotas.builder();
    all.limits().forEach(builder::limit);
    all.actions().forEach(builder::action);
    return builder.build();
  }

  static ObjectNode write(ActionLimit limit) {
    return Wire.object().put("limit", limit.limit()).put("windowMs", limit.windowMs());
  }

  static ActionLimit action(JsonNode node) {
    return new ActionLimit(Wire.number(node, "limit"), Wire.number(node, "windowMs"));
  }
}
