package io.atoll.journal;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/** Objects to bytes and back, by the serializers that the actor system binds. Thread-safe. */
final class Payloads {
  private final Serialization serialization;

  Payloads(ExtendedActorSystem system) {
    this.serialization = SerializationExtension.get(system);
  }

  Payload of(Object object) {
    Serializer serializer = serialization.findSerializerFor(object);
    return new Payload(
        serializer.identifier(),
        Serializers.manifestFor(serializer, object),
        serialization.serialize(object).get());
  }

  Object object(Payload payload) {
    return serialization
        .deserialize(payload.bytes(), payload.serializerId(), payload.manifest())
        .get();
  }
}
