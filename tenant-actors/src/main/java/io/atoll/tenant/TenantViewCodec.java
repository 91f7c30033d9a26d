package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.plan.Tier;

/** Writes and reads tenants as the directory and other nodes see them. */
final class TenantViewCodec {
  private TenantViewCodec() {}

  static byte[] encode(TenantView view) {
    return Wire.bytes(write(view));
  }

  static TenantView decode(byte[] document) {
    return view(Wire.tree(document));
  }

  static ObjectNode write(TenantView view) {
    TenantSpec spec =
        new TenantSpec(
            view.name(),
            view.plan(),
            view.quotaOverrides(),
            view.features(),
            view.metadataJson(),
            view.email(),
            view.residency());
    ObjectNode node = Wire.object().put("id", view.id());
    node.set("tenant", SpecCodec.write(spec));
    node.put("tier", view.tier().name());
    node.put("status", view.status().apiName());
    node.set("inForce", SpecCodec.write(view.quotas()));
    Wire.map(node, "features", view.features(), BooleanNode::valueOf);
    node.put("cell", view.cell());
    node.put("lastAccessAt", view.lastAccessAt());
    node.put("dataBytes", view.dataBytes());
    node.put("version", view.version());
    node.put("createdAt", view.createdAt());
    node.put("updatedAt", view.updatedAt());
    return node;
  }

  static TenantView view(JsonNode node) {
    TenantSpec spec = SpecCodec.spec(Wire.field(node, "tenant"));
    return new TenantView(
        Wire.text(node, "id"),
        spec.name(),
        spec.plan(),
        Tier.byName(Wire.text(node, "tier")).orElseThrow(),
        TenantStatus.byName(Wire.text(node, "status")).orElseThrow(),
        SpecCodec.quotas(Wire.field(node, "inForce")),
        spec.quotas(),
        Wire.map(node, "features", JsonNode::booleanValue),
        spec.metadataJson(),
        spec.email(),
        spec.residency(),
        Wire.text(node, "cell"),
        Wire.number(node, "lastAccessAt"),
        Wire.number(node, "dataBytes"),
        Wire.number(node, "version"),
        Wire.number(node, "createdAt"),
        Wire.number(node, "updatedAt"));
  }
}
