package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.quota.ActionUse;
import io.atoll.quota.FlowUse;
import io.atoll.tenant.TenantState.Absent;
import io.atoll.tenant.TenantState.Active;
import io.atoll.tenant.TenantState.Deleted;
import io.atoll.tenant.TenantState.Purging;
import io.atoll.tenant.TenantState.Suspended;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/** Writes and reads the snapshots of tenants. */
final class TenantStateCodec {
  static final String MANIFEST = "tenant-state-1";

  private TenantStateCodec() {}

  static ObjectNode write(TenantState state) {
    ObjectNode node = Wire.object().put("incarnation", state.incarnation());
    return switch (state) {
      case Absent absent -> receipts(node.put("stage", "absent"), absent.receipts());
      case Active active -> node.put("stage", "active").set("tenant", write(active.tenant()));
      case Suspended suspended ->
          node.put("stage", "suspended").set("tenant", write(suspended.tenant()));
      case Deleted deleted ->
          node.put("stage", "deleted")
              .put("deletedAt", deleted.deletedAt())
              .set("tenant", write(deleted.tenant()));
      case Purging purging ->
          receipts(
              node.put("stage", "purging").set("tenant", write(purging.tenant())), purging.kept());
    };
  }

  static TenantState state(JsonNode node) {
    long incarnation = Wire.number(node, "incarnation");
    String stage = Wire.text(node, "stage");
    return switch (stage) {
      case "absent" -> new Absent(incarnation, receipts(node));
      case "active" -> new Active(incarnation, tenant(node));
      case "suspended" -> new Suspended(incarnation, tenant(node));
      case "deleted" -> new Deleted(incarnation, tenant(node), Wire.number(node, "deletedAt"));
      case "purging" -> new Purging(incarnation, tenant(node), receipts(node));
      default -> throw new IllegalArgumentException("unknown stage of life: " + stage);
    };
  }

  private static ObjectNode write(Tenant tenant) {
    Tenant.Description description = tenant.description();
    ObjectNode node = SpecCodec.write(description.spec());
    node.put("version", description.version());
    node.put("createdAt", description.createdAt());
    node.put("updatedAt", description.updatedAt());
    Wire.list(node, "keys", tenant.keys().keys().values(), KeyCodec::write);
    Wire.map(node, "keyUses", tenant.keys().lastUses(), LongNode::valueOf);
    Wire.map(node, "maps", tenant.maps(), TenantStateCodec::write);
    Wire.list(node, "actionUses", tenant.actions().values(), TenantStateCodec::write);
    flows(node, tenant.flows());
    node.put("listedVersion", tenant.listedVersion());
    node.put("lastUsedAt", tenant.lastUsedAt());
    return receipts(node, tenant.receipts());
  }

  private static Tenant tenant(JsonNode parent) {
    JsonNode node = Wire.field(parent, "tenant");
    Tenant.Description description =
        new Tenant.Description(
            SpecCodec.spec(node),
            Wire.number(node, "version"),
            Wire.number(node, "createdAt"),
            Wire.number(node, "updatedAt"));
    return new Tenant(
        description,
        KeyRing.of(
            Wire.list(node, "keys", KeyCodec::key), Wire.map(node, "keyUses", JsonNode::longValue)),
        TreePMap.from(Wire.map(node, "maps", TenantStateCodec::slot)),
        actions(Wire.list(node, "actionUses", TenantStateCodec::use)),
        flows(node),
        receipts(node),
        Wire.number(node, "listedVersion"),
        Wire.number(node, "lastUsedAt"));
  }

  private static PMap<String, ActionUse> actions(List<ActionUse> uses) {
    PMap<String, ActionUse> byName = HashTreePMap.empty();
    for (ActionUse use : uses) {
      byName = byName.plus(use.action(), use);
    }
    return byName;
  }

  private static ObjectNode receipts(ObjectNode node, Receipts receipts) {
    Wire.list(node, "receipts", receipts.all(), KeyCodec::write);
    return node;
  }

  private static Receipts receipts(JsonNode node) {
    return Receipts.of(Wire.list(node, "receipts", KeyCodec::receipt));
  }

  private static ObjectNode write(MapSlot slot) {
    return Wire.object()
        .put("generation", slot.generation())
        .put("live", slot.live())
        .put("clearing", slot.clearing());
  }

  private static MapSlot slot(JsonNode node) {
    return new MapSlot(
        Wire.number(node, "generation"),
        Wire.field(node, "live").booleanValue(),
        Wire.field(node, "clearing").booleanValue());
  }

  /** A field that is missing when there is nothing, as in all that was stored before it was. */
  static ObjectNode flows(ObjectNode node, @Nullable FlowUse use) {
    if (use != null) {
      ObjectNode flows = node.putObject("flowUse");
      FlowUse.Bucket bucket = use.operations();
      flows.put("at", use.at()).put("operations", bucket.taken());
      if (bucket.isWhole()) {
        flows.put("rate", bucket.rate()).put("capacity", bucket.capacity());
      }
      flows
          .put("requests", use.requests())
          .put("bytes", use.bytes())
          .put("messages", use.messages());
    }
    return node;
  }

  static @Nullable FlowUse flows(JsonNode parent) {
    JsonNode node = parent.get("flowUse");
    return node == null
        ? null
        : new FlowUse(
            Wire.number(node, "at"),
            bucket(node),
            Wire.number(node, "requests"),
            Wire.number(node, "bytes"),
            Wire.number(node, "messages"));
  }

  private static FlowUse.Bucket bucket(JsonNode node) {
    return new FlowUse.Bucket(
        Wire.number(node, "operations"),
        Wire.numberOr(node, "rate", FlowUse.UNKNOWN),
        Wire.numberOr(node, "capacity", FlowUse.UNKNOWN));
  }

  static ObjectNode write(ActionUse use) {
    ObjectNode node = Wire.object().put("action", use.action());
    Wire.list(
        node,
        "uses",
        use.stamps(),
        stamp -> Wire.object().put("at", stamp.at()).put("count", stamp.count()));
    return node;
  }

  static ActionUse use(JsonNode node) {
    return new ActionUse(
        Wire.text(node, "action"),
        Wire.list(
            node,
            "uses",
            stamp -> new ActionUse.Stamp(Wire.number(stamp, "at"), Wire.number(stamp, "count"))));
  }
}
