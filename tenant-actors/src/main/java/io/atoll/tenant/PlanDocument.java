package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.plan.Plan;
import io.atoll.plan.Tier;

/**
 * A plan as bytes for the store, which keeps them without looking into them. Fields and quotas that
 * this version does not know are passed over.
 */
public final class PlanDocument {
  private PlanDocument() {}

  /** The plan as bytes. */
  public static byte[] encode(Plan plan) {
    ObjectNode node = Wire.object().put("name", plan.name()).put("tier", plan.tier().name());
    node.set("quotas", SpecCodec.write(plan.quotas()));
    Wire.map(node, "features", plan.features(), BooleanNode::valueOf);
    return Wire.bytes(node);
  }

  /** The plan that was encoded. */
  public static Plan decode(byte[] document) {
    JsonNode node = Wire.tree(document);
    return new Plan(
        Wire.text(node, "name"),
        Wire.known(node, "tier", Tier::byName),
        SpecCodec.quotas(Wire.field(node, "quotas")),
        Wire.map(node, "features", JsonNode::booleanValue));
  }
}
