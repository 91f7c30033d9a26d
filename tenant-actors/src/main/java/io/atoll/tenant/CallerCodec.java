package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.map.Idempotency;
import org.jspecify.annotations.Nullable;

/** Callers and what they promise, on their way between nodes. */
final class CallerCodec {
  private static final String PROMISE = "promise";

  private CallerCodec() {}

  static ObjectNode write(Caller caller) {
    ObjectNode node = Wire.object().put("kind", name(caller.kind()));
    return caller.keyId() == null ? node : node.put("key", caller.keyId());
  }

  static Caller caller(JsonNode node) {
    return new Caller(kind(Wire.text(node, "kind")), Wire.textOrNull(node, "key"));
  }

  /** Puts the promise into the node, if there is one. */
  static ObjectNode with(ObjectNode node, @Nullable Idempotency promise) {
    if (promise != null) {
      node.putObject(PROMISE).put("key", promise.key()).put("fingerprint", promise.fingerprint());
    }
    return node;
  }

  /** The promise in the node; null if there is none. */
  static @Nullable Idempotency promiseOrNull(JsonNode node) {
    return node.has(PROMISE) ? promise(node) : null;
  }

  /** The promise in the node, which must be there. */
  static Idempotency promise(JsonNode node) {
    JsonNode promise = Wire.field(node, PROMISE);
    return new Idempotency(Wire.text(promise, "key"), Wire.text(promise, "fingerprint"));
  }

  private static String name(Caller.Kind kind) {
    return switch (kind) {
      case ADMIN -> "admin";
      case KEY -> "key";
      case TOKEN -> "token";
    };
  }

  private static Caller.Kind kind(String name) {
    return switch (name) {
      case "admin" -> Caller.Kind.ADMIN;
      case "key" -> Caller.Kind.KEY;
      case "token" -> Caller.Kind.TOKEN;
      default -> throw Wire.unknown("kind of caller", name);
    };
  }
}
