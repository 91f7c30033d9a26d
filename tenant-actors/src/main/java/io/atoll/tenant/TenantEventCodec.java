package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.atoll.tenant.TenantEvent.ActionReset;
import io.atoll.tenant.TenantEvent.ActionUsed;
import io.atoll.tenant.TenantEvent.KeyCreated;
import io.atoll.tenant.TenantEvent.KeyRevoked;
import io.atoll.tenant.TenantEvent.MapCleared;
import io.atoll.tenant.TenantEvent.MapCreated;
import io.atoll.tenant.TenantEvent.MapDropped;
import io.atoll.tenant.TenantEvent.MigrationEnded;
import io.atoll.tenant.TenantEvent.PurgeStarted;
import io.atoll.tenant.TenantEvent.RequestPromised;
import io.atoll.tenant.TenantEvent.TenantActivated;
import io.atoll.tenant.TenantEvent.TenantCreated;
import io.atoll.tenant.TenantEvent.TenantDeleted;
import io.atoll.tenant.TenantEvent.TenantListed;
import io.atoll.tenant.TenantEvent.TenantPurged;
import io.atoll.tenant.TenantEvent.TenantSuspended;
import io.atoll.tenant.TenantEvent.TenantUpdated;
import io.atoll.tenant.TenantEvent.TenantUsed;
import io.atoll.tenant.TenantEvent.UsesKept;

/** Writes and reads the events of tenants. A manifest that was ever written is read for ever. */
final class TenantEventCodec {
  private TenantEventCodec() {}

  static String manifest(TenantEvent event) {
    return switch (event) {
      case TenantCreated e -> "tenant-created-1";
      case TenantUpdated e -> "tenant-updated-1";
      case TenantSuspended e -> "tenant-suspended-1";
      case TenantActivated e -> "tenant-activated-1";
      case TenantDeleted e -> "tenant-deleted-1";
      case PurgeStarted e -> "tenant-purge-started-1";
      case TenantPurged e -> "tenant-purged-1";
      case TenantListed e -> "tenant-listed-1";
      case TenantUsed e -> "tenant-used-1";
      case KeyCreated e -> "key-created-1";
      case KeyRevoked e -> "key-revoked-1";
      case MapCreated e -> "map-created-1";
      case MapDropped e -> "map-dropped-1";
      case MapCleared e -> "map-cleared-1";
      case ActionUsed e -> "action-used-1";
      case ActionReset e -> "action-reset-1";
      case UsesKept e -> "actions-kept-1";
      case RequestPromised e -> "request-promised-1";
      case MigrationEnded e -> "migration-ended-1";
    };
  }

  static ObjectNode write(TenantEvent event) {
    ObjectNode node = Wire.object().put("at", event.at());
    return switch (event) {
      case TenantCreated e ->
          KeyCodec.with(node.set("tenant", SpecCodec.write(e.spec())), e.receipt());
      case TenantUpdated e ->
          node.put("version", e.version()).set("tenant", SpecCodec.write(e.spec()));
      case TenantSuspended e -> node.put("version", e.version());
      case TenantActivated e -> node.put("version", e.version());
      case TenantDeleted e -> KeyCodec.with(node.put("version", e.version()), e.receipt());
      case PurgeStarted e -> KeyCodec.with(node, e.receipt());
      case TenantPurged e -> node;
      case TenantListed e -> node.put("version", e.version());
      case TenantUsed e -> {
        Wire.map(node, "keys", e.keys(), LongNode::valueOf);
        yield node;
      }
      case KeyCreated e -> {
        Wire.list(node, "forgotten", e.forgotten(), TextNode::valueOf);
        yield KeyCodec.with(node.set("apiKey", KeyCodec.write(e.key())), e.receipt());
      }
      case KeyRevoked e -> node.put("keyId", e.keyId());
      case MapCreated e -> map(node, e.map(), e.generation());
      case MapDropped e -> KeyCodec.with(map(node, e.map(), e.generation()), e.receipt());
      case MapCleared e -> map(node, e.map(), e.generation());
      case ActionUsed e -> {
        node.put("action", e.action()).put("count", e.count());
        yield KeyCodec.with(node.set("limit", SpecCodec.write(e.limit())), e.receipt());
      }
      case ActionReset e -> node.put("action", e.action());
      case UsesKept e -> {
        Wire.list(node, "actionUses", e.actions(), TenantStateCodec::write);
        yield TenantStateCodec.flows(node, e.flows());
      }
      case RequestPromised e -> KeyCodec.with(node, e.receipt());
      case MigrationEnded e -> node.set("migration", MigrationCodec.write(e.migration()));
    };
  }

  static TenantEvent event(JsonNode node, String manifest) {
    long at = Wire.number(node, "at");
    return switch (manifest) {
      case "tenant-created-1" ->
          new TenantCreated(
              at, SpecCodec.spec(Wire.field(node, "tenant")), KeyCodec.receiptOf(node));
      case "tenant-updated-1" ->
          new TenantUpdated(at, version(node), SpecCodec.spec(Wire.field(node, "tenant")));
      case "tenant-suspended-1" -> new TenantSuspended(at, version(node));
      case "tenant-activated-1" -> new TenantActivated(at, version(node));
      case "tenant-deleted-1" -> new TenantDeleted(at, version(node), KeyCodec.receiptOf(node));
      case "tenant-purge-started-1" -> new PurgeStarted(at, KeyCodec.receiptOf(node));
      case "tenant-purged-1" -> new TenantPurged(at);
      case "tenant-listed-1" -> new TenantListed(at, version(node));
      case "tenant-used-1" -> new TenantUsed(at, Wire.map(node, "keys", JsonNode::longValue));
      case "key-created-1" ->
          new KeyCreated(
              at,
              KeyCodec.key(Wire.field(node, "apiKey")),
              Wire.list(node, "forgotten", JsonNode::textValue),
              KeyCodec.receiptOf(node));
      case "key-revoked-1" -> new KeyRevoked(at, Wire.text(node, "keyId"));
      case "map-created-1" -> new MapCreated(at, map(node), generation(node));
      case "map-dropped-1" ->
          new MapDropped(at, map(node), generation(node), KeyCodec.receiptOf(node));
      case "map-cleared-1" -> new MapCleared(at, map(node), generation(node));
      case "action-used-1" ->
          new ActionUsed(
              at,
              Wire.text(node, "action"),
              SpecCodec.action(Wire.field(node, "limit")),
              Wire.number(node, "count"),
              KeyCodec.receiptOf(node));
      case "action-reset-1" -> new ActionReset(at, Wire.text(node, "action"));
      case "actions-kept-1" ->
          new UsesKept(
              at,
              Wire.list(node, "actionUses", TenantStateCodec::use),
              TenantStateCodec.flows(node));
      case "request-promised-1" ->
          new RequestPromised(at, KeyCodec.receipt(Wire.field(node, "receipt")));
      case "migration-ended-1" ->
          new MigrationEnded(at, MigrationCodec.migration(Wire.field(node, "migration")));
      default -> throw new IllegalArgumentException("no event of a tenant: " + manifest);
    };
  }

  private static ObjectNode map(ObjectNode node, String map, long generation) {
    return node.put("map", map).put("generation", generation);
  }

  private static String map(JsonNode node) {
    return Wire.text(node, "map");
  }

  private static long generation(JsonNode node) {
    return Wire.number(node, "generation");
  }

  private static long version(JsonNode node) {
    return Wire.number(node, "version");
  }
}
