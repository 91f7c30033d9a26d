package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.atoll.access.ApiKey;
import io.atoll.access.KeyMode;
import io.atoll.access.Scope;
import io.atoll.quota.ActionStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes and reads API keys, what is shown of them, and receipts. */
final class KeyCodec {
  private KeyCodec() {}

  static ObjectNode write(ApiKey key) {
    ObjectNode node = Wire.object();
    node.put("id", key.id());
    node.put("name", key.name());
    node.put("mode", key.mode().apiName());
    with(node, key.scopes());
    node.put("createdAt", key.createdAt());
    node.put("expiresAt", key.expiresAt());
    node.put("revokedAt", key.revokedAt());
    node.put("salt", key.salt());
    node.put("hash", key.hash());
    node.put("lastFour", key.lastFour());
    return node;
  }

  static ApiKey key(JsonNode node) {
    return new ApiKey(
        Wire.text(node, "id"),
        Wire.text(node, "name"),
        KeyMode.byName(Wire.text(node, "mode")).orElseThrow(),
        scopes(node),
        Wire.number(node, "createdAt"),
        Wire.number(node, "expiresAt"),
        Wire.number(node, "revokedAt"),
        Wire.binary(node, "salt"),
        Wire.binary(node, "hash"),
        Wire.text(node, "lastFour"));
  }

  static ObjectNode write(KeyView key) {
    return with(Wire.object(), key.scopes())
        .put("id", key.id())
        .put("name", key.name())
        .put("prefix", key.prefix())
        .put("mode", key.mode().apiName())
        .put("createdAt", key.createdAt())
        .put("expiresAt", key.expiresAt())
        .put("lastUsedAt", key.lastUsedAt())
        .put("revokedAt", key.revokedAt());
  }

  static KeyView view(JsonNode node) {
    return new KeyView(
        Wire.text(node, "id"),
        Wire.text(node, "name"),
        Wire.text(node, "prefix"),
        Wire.known(node, "mode", KeyMode::byName),
        scopes(node),
        Wire.number(node, "createdAt"),
        Wire.number(node, "expiresAt"),
        Wire.number(node, "lastUsedAt"),
        Wire.number(node, "revokedAt"));
  }

  /** Puts the scopes into the node. */
  static ObjectNode with(ObjectNode node, Set<Scope> scopes) {
    List<String> names = scopes.stream().map(Scope::apiName).sorted().toList();
    Wire.list(node, "scopes", names, TextNode::valueOf);
    return node;
  }

  static Set<Scope> scopes(JsonNode node) {
    return Wire.list(node, "scopes", scope -> Scope.byName(scope.textValue()).orElseThrow())
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Puts the receipt into the node, if there is one. */
  static ObjectNode with(ObjectNode node, @Nullable Receipt receipt) {
    if (receipt != null) {
      node.set("receipt", write(receipt));
    }
    return node;
  }

  static @Nullable Receipt receiptOf(JsonNode node) {
    JsonNode receipt = node.get("receipt");
    return receipt == null ? null : receipt(receipt);
  }

  static ObjectNode write(Receipt receipt) {
    ObjectNode node = Wire.object();
    node.put("key", receipt.keyDigest());
    node.put("fingerprint", receipt.fingerprint());
    node.put("expiresAt", receipt.expiresAt());
    node.set("answer", write(receipt.answer()));
    return node;
  }

  static Receipt receipt(JsonNode node) {
    return new Receipt(
        Wire.text(node, "key"),
        Wire.text(node, "fingerprint"),
        Wire.number(node, "expiresAt"),
        answer(Wire.field(node, "answer")));
  }

  private static ObjectNode write(Receipt.Answer answer) {
    ObjectNode node = Wire.object();
    switch (answer) {
      case Receipt.Done done -> node.put("kind", "done");
      case Receipt.Promised promised -> node.put("kind", "promised");
      case Receipt.Created created -> {
        node.put("kind", "created").put("at", created.createdAt());
        node.set("tenant", SpecCodec.write(created.spec()));
      }
      case Receipt.KeyIssued issued -> {
        node.put("kind", "key").put("text", issued.sealedText());
        node.set("apiKey", write(issued.key()));
      }
      case Receipt.Counted counted -> {
        node.put("kind", "action");
        node.set("status", write(counted.status()));
      }
    }
    return node;
  }

  private static Receipt.Answer answer(JsonNode node) {
    String kind = Wire.text(node, "kind");
    return switch (kind) {
      case "done" -> new Receipt.Done();
      case "promised" -> new Receipt.Promised();
      case "created" ->
          new Receipt.Created(SpecCodec.spec(Wire.field(node, "tenant")), Wire.number(node, "at"));
      case "key" ->
          new Receipt.KeyIssued(key(Wire.field(node, "apiKey")), Wire.binary(node, "text"));
      case "action" -> new Receipt.Counted(status(Wire.field(node, "status")));
      default -> throw new IllegalArgumentException("unknown answer " + kind);
    };
  }

  static ObjectNode write(ActionStatus status) {
    return Wire.object()
        .put("action", status.action())
        .put("limit", status.limit())
        .put("windowMs", status.windowMs())
        .put("current", status.current())
        .put("remaining", status.remaining())
        .put("resetAt", status.resetAt());
  }

  static ActionStatus status(JsonNode node) {
    return new ActionStatus(
        Wire.text(node, "action"),
        Wire.number(node, "limit"),
        Wire.number(node, "windowMs"),
        Wire.number(node, "current"),
        Wire.number(node, "remaining"),
        Wire.number(node, "resetAt"));
  }
}
