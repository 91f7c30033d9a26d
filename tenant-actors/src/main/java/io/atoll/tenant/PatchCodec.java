package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaPatch;
import io.atoll.tenant.TenantPatch.Change;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Patches of tenants on their way between nodes: a field that is missing stays as it is, one that
 * is null goes back to its default.
 */
final class PatchCodec {
  private PatchCodec() {}

  static ObjectNode write(TenantPatch patch) {
    ObjectNode node = Wire.object();
    putIfSet(node, "name", patch.name());
    putIfSet(node, "plan", patch.plan());
    TenantStatus status = patch.status();
    putIfSet(node, "status", status == null ? null : status.apiName());
    putIfSet(node, "metadata", patch.metadataPatchJson());
    QuotaPatch quotas = patch.quotas();
    if (quotas != null) {
      node.set("quotas", write(quotas));
    }
    Wire.map(node, "features", patch.features(), optional(BooleanNode::valueOf));
    putIfChanged(node, "email", patch.email(), TextNode::valueOf);
    putIfChanged(node, "regions", patch.residency(), PatchCodec::write);
    return node;
  }

  static TenantPatch patch(JsonNode node) {
    JsonNode quotas = node.get("quotas");
    return new TenantPatch(
        Wire.textOrNull(node, "name"),
        Wire.textOrNull(node, "plan"),
        node.has("status") ? Wire.known(node, "status", TenantStatus::byName) : null,
        quotas == null ? null : quotas(quotas),
        Wire.map(node, "features", ifValue(JsonNode::booleanValue)),
        Wire.textOrNull(node, "metadata"),
        change(node, "email", JsonNode::textValue),
        change(node, "regions", PatchCodec::residency));
  }

  private static ObjectNode write(QuotaPatch patch) {
    ObjectNode node = Wire.object().put("actionsAnew", patch.actionsAnew());
    Map<String, Optional<Long>> limits = new TreeMap<>();
    patch.limits().forEach((quota, limit) -> limits.put(quota.apiName(), limit));
    Wire.map(node, "limits", limits, optional(LongNode::valueOf));
    Wire.map(node, "actions", patch.actions(), optional(SpecCodec::write));
    return node;
  }

  private static QuotaPatch quotas(JsonNode node) {
    Map<Quota, Optional<Long>> limits = new EnumMap<>(Quota.class);
    Wire.map(node, "limits", ifValue(JsonNode::longValue))
        .forEach((name, limit) -> Quota.byName(name).ifPresent(it -> limits.put(it, limit)));
    Map<String, Optional<ActionLimit>> actions =
        Wire.map(node, "actions", ifValue(SpecCodec::action));
    return new QuotaPatch(limits, actions, Wire.flag(node, "actionsAnew"));
  }

  private static JsonNode write(Residency residency) {
    ObjectNode node = Wire.object();
    Wire.list(node, "regions", residency.regions(), TextNode::valueOf);
    return node.get("regions");
  }

  private static Residency residency(JsonNode regions) {
    return new Residency(regions.valueStream().map(JsonNode::textValue).toList());
  }

  private static void putIfSet(ObjectNode node, String name, @Nullable String text) {
    if (text != null) {
      node.put(name, text);
    }
  }

  private static <T> void putIfChanged(
      ObjectNode node, String name, @Nullable Change<T> change, Function<T, JsonNode> write) {
    if (change != null) {
      T to = change.to();
      node.set(name, to == null ? NullNode.getInstance() : write.apply(to));
    }
  }

  private static <T> @Nullable Change<T> change(
      JsonNode node, String name, Function<JsonNode, T> read) {
    JsonNode field = node.get(name);
    if (field == null) {
      return null;
    }
    return new Change<>(field.isNull() ? null : read.apply(field));
  }

  private static <T> Function<Optional<T>, JsonNode> optional(Function<T, JsonNode> write) {
    return value -> value.map(write).orElse(NullNode.getInstance());
  }

  private static <T> Function<JsonNode, Optional<T>> ifValue(Function<JsonNode, T> read) {
    return field -> field.isNull() ? Optional.empty() : Optional.of(read.apply(field));
  }
}
