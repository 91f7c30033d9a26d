package io.atoll.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.atoll.http.Configuration.Memory;
import io.atoll.http.Configuration.Reload;
import io.atoll.http.Configuration.Reloaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns what the nodes tell each other about their configuration into CBOR with named fields. A
 * field that is not known is passed over, so that nodes of two versions understand each other.
 */
public final class ReloadSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_011;
  private static final String PLANS_STORED = "plans-stored";
  private static final String READ_AGAIN = "read-again";
  private static final String REPLY = "reply";

  private final ObjectMapper mapper = new CBORMapper();
  private final ActorRefResolver resolver;

  public ReloadSerializer(ExtendedActorSystem system) {
    this.resolver = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return switch (message) {
      case ReloadCommand.PlansStored stored -> PLANS_STORED;
      case ReloadCommand.ReadAgain again -> READ_AGAIN;
      case ReloadReply reply -> REPLY;
      default ->
          throw new IllegalArgumentException("does not leave its node: " + message.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    return switch (message) {
      case ReloadCommand.PlansStored(var revision, var replyTo) ->
          bytes(to(replyTo).put("revision", revision));
      case ReloadCommand.ReadAgain(var scope, var replyTo) -> bytes(write(scope, to(replyTo)));
      case ReloadReply(var outcome) -> bytes(write(outcome));
      default ->
          throw new IllegalArgumentException("does not leave its node: " + message.getClass());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    JsonNode node = tree(bytes);
    return switch (manifest) {
      case PLANS_STORED ->
          new ReloadCommand.PlansStored(node.path("revision").asLong(), replyTo(node));
      case READ_AGAIN -> new ReloadCommand.ReadAgain(scope(node), replyTo(node));
      case REPLY -> new ReloadReply(outcome(node));
      default -> throw new IllegalArgumentException("unknown message of another node: " + manifest);
    };
  }

  private static ObjectNode write(Reload scope, ObjectNode node) {
    node.put("plans", scope.plans());
    switch (scope.memory()) {
      case Memory.OfAll all -> node.put("all", true);
      case Memory.OfTenant(var tenantId) -> node.put("tenant", tenantId);
      case Memory.OfNobody nobody -> node.put("all", false);
    }
    return node;
  }

  private static Reload scope(JsonNode node) {
    return new Reload(node.path("plans").asBoolean(), memory(node));
  }

  private static Memory memory(JsonNode node) {
    if (node.hasNonNull("tenant")) {
      return new Memory.OfTenant(node.get("tenant").textValue());
    }
    return node.path("all").asBoolean() ? new Memory.OfAll() : new Memory.OfNobody();
  }

  private ObjectNode write(Reloaded outcome) {
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("node", outcome.node())
            .put("status", outcome.status())
            .put("error", outcome.error());
    ArrayNode keys = node.putArray("needRestart");
    outcome.needRestart().forEach(keys::add);
    return node;
  }

  private static Reloaded outcome(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.path("needRestart").forEach(key -> keys.add(key.asText()));
    JsonNode error = node.path("error");
    return new Reloaded(
        node.path("node").asText(),
        node.path("status").asText(),
        error.isTextual() ? error.textValue() : null,
        keys);
  }

  private ObjectNode to(ActorRef<ReloadReply> replyTo) {
    return mapper.createObjectNode().put("replyTo", resolver.toSerializationFormat(replyTo));
  }

  private ActorRef<ReloadReply> replyTo(JsonNode node) {
    return resolver.resolveActorRef(node.path("replyTo").asText());
  }

  private byte[] bytes(ObjectNode node) {
    try {
      return mapper.writeValueAsBytes(node);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private JsonNode tree(byte[] bytes) {
    try {
      return mapper.readTree(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
