package io.atoll.journal;

import io.atoll.store.Keys;
import io.atoll.store.Sealed;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.PersistentRepr$;
import scala.jdk.javaapi.OptionConverters;

/**
 * Events as they are stored: flags, timestamp, writer, event manifest, payload, and metadata if the
 * event has some; sealed with the key of stream and sequence number. Thread-safe.
 */
public final class EventRecords {
  private static final byte PLAIN = 0;
  private static final byte WITH_METADATA = 1;

  private final Payloads payloads;

  public EventRecords(ExtendedActorSystem system) {
    this.payloads = new Payloads(system);
  }

  static byte[] key(String stream, long sequenceNr) {
    return Keys.of(stream, sequenceNr);
  }

  /** An event without writer, event manifest and metadata. */
  static AppendEvents.Row row(String stream, long sequenceNr, long timestamp, Payload payload) {
    byte[] key = key(stream, sequenceNr);
    return new AppendEvents.Row(key, stored(key, timestamp, payload));
  }

  private static byte[] stored(byte[] key, long timestamp, Payload payload) {
    int size = 1 + Long.BYTES + 2 * Payload.sizeOf("") + payload.size();
    return Sealed.seal(
        key,
        size,
        body -> {
          body.put(PLAIN).putLong(timestamp);
          Payload.put(body, "");
          Payload.put(body, "");
          payload.addTo(body);
        });
  }

  AppendEvents.Row row(PersistentRepr event) {
    byte[] key = key(event.persistenceId(), event.sequenceNr());
    return new AppendEvents.Row(key, stored(key, event));
  }

  /** The event as it is stored, sealed with its stream and number. */
  public byte[] toStored(PersistentRepr event) {
    return stored(key(event.persistenceId(), event.sequenceNr()), event);
  }

  private byte[] stored(byte[] key, PersistentRepr event) {
    Payload payload = payloads.of(event.payload());
    Optional<Payload> metadata = OptionConverters.toJava(event.metadata()).map(payloads::of);
    int size =
        1
            + Long.BYTES
            + Payload.sizeOf(event.writerUuid())
            + Payload.sizeOf(event.manifest())
            + payload.size()
            + metadata.map(Payload::size).orElse(0);
    return Sealed.seal(
        key,
        size,
        body -> {
          body.put(metadata.isPresent() ? WITH_METADATA : PLAIN).putLong(event.timestamp());
          Payload.put(body, event.writerUuid());
          Payload.put(body, event.manifest());
          payload.addTo(body);
          metadata.ifPresent(present -> present.addTo(body));
        });
  }

  /**
   * The event stored under this number.
   *
   * @throws io.atoll.store.DamagedRecordException when it is not what was written
   */
  public PersistentRepr fromStored(String stream, long sequenceNr, byte[] stored) {
    String what = "Event " + sequenceNr + " of stream " + stream;
    ByteBuffer body = Sealed.open(key(stream, sequenceNr), stored, what);
    byte flags = body.get();
    long timestamp = body.getLong();
    String writer = Payload.text(body);
    String manifest = Payload.text(body);
    Object payload = payloads.object(Payload.from(body));
    PersistentRepr event =
        PersistentRepr$.MODULE$
            .apply(payload, sequenceNr, stream, manifest, false, ActorRef.noSender(), writer)
            .withTimestamp(timestamp);
    return flags == WITH_METADATA ? event.withMetadata(payloads.object(Payload.from(body))) : event;
  }
}
