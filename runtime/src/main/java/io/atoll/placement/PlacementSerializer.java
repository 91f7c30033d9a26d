package io.atoll.placement;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns what the agents of the nodes tell each other into CBOR with named fields. A field that is
 * not known is passed over, so that nodes of two versions understand each other.
 */
public final class PlacementSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_010;

  private static final Map<Class<?>, String> MANIFESTS =
      Map.ofEntries(
          entry(PlacementCommand.Hold.class, "hold"),
          entry(PlacementCommand.Release.class, "release"),
          entry(PlacementCommand.Settle.class, "settle"),
          entry(PlacementCommand.Give.class, "give"),
          entry(PlacementCommand.Placed.class, "placed"),
          entry(PlacementCommand.Leaving.class, "leaving"),
          entry(PlacementCommand.Describe.class, "describe"),
          entry(PlacementCommand.ListHot.class, "list-hot"),
          entry(PlacementCommand.Drain.class, "drain"),
          entry(PlacementCommand.Confirm.class, "confirm"),
          entry(PlacementReply.Confirmed.class, "confirmed"),
          entry(PlacementReply.HotListed.class, "hot-listed"),
          entry(PlacementReply.Held.class, "held"),
          entry(PlacementReply.Busy.class, "busy"),
          entry(PlacementReply.Settled.class, "settled"),
          entry(PlacementReply.Known.class, "known"),
          entry(PlacementReply.Described.class, "described"));

  private final ObjectMapper mapper;

  public PlacementSerializer(ExtendedActorSystem system) {
    ActorRefResolver resolver = ActorRefResolver.get(Adapter.toTyped(system));
    this.mapper =
        new CBORMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(
                new SimpleModule()
                    .addSerializer(ActorRef.class, new RefWriter(resolver))
                    .addDeserializer(ActorRef.class, new RefReader(resolver)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    String manifest = MANIFESTS.get(message.getClass());
    if (manifest == null) {
      throw new IllegalArgumentException("does not leave its node: " + message.getClass());
    }
    return manifest;
  }

  @Override
  public byte[] toBinary(Object message) {
    try {
      return mapper.writeValueAsBytes(message);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    for (Map.Entry<Class<?>, String> known : MANIFESTS.entrySet()) {
      if (known.getValue().equals(manifest)) {
        return read(bytes, known.getKey());
      }
    }
    throw new IllegalArgumentException("unknown message of another node: " + manifest);
  }

  private Object read(byte[] bytes, Class<?> type) {
    try {
      return mapper.readValue(bytes, type);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class RefWriter extends StdScalarSerializer<ActorRef> {
    private static final long serialVersionUID = 1;

    private final transient ActorRefResolver resolver;

    RefWriter(ActorRefResolver resolver) {
      super(ActorRef.class);
      this.resolver = resolver;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void serialize(ActorRef ref, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(resolver.toSerializationFormat(ref));
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class RefReader extends StdScalarDeserializer<ActorRef> {
    private static final long serialVersionUID = 1;

    private final transient ActorRefResolver resolver;

    RefReader(ActorRefResolver resolver) {
      super(ActorRef.class);
      this.resolver = resolver;
    }

    @Override
    public ActorRef deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return resolver.resolveActorRef(json.getText());
    }
  }
}
