package io.atoll.journal;

import io.atoll.store.Keys;
import io.atoll.store.Sealed;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import scala.jdk.javaapi.OptionConverters;

/**
 * Snapshots as they are stored: flags, timestamp, payload, and metadata if there is some.
 * Thread-safe.
 */
public final class SnapshotRecords {
  private static final byte PLAIN = 0;
  private static final byte WITH_METADATA = 1;

  private final Payloads payloads;

  public SnapshotRecords(ExtendedActorSystem system) {
    this.payloads = new Payloads(system);
  }

  public static byte[] key(String stream, long sequenceNr) {
    return Keys.of(stream, sequenceNr);
  }

  public byte[] toStored(SnapshotMetadata metadata, Object snapshot) {
    Payload payload = payloads.of(snapshot);
    Optional<Payload> more = OptionConverters.toJava(metadata.metadata()).map(payloads::of);
    int size = 1 + Long.BYTES + payload.size() + more.map(Payload::size).orElse(0);
    return Sealed.seal(
        key(metadata.persistenceId(), metadata.sequenceNr()),
        size,
        body -> {
          body.put(more.isPresent() ? WITH_METADATA : PLAIN).putLong(metadata.timestamp());
          payload.addTo(body);
          more.ifPresent(present -> present.addTo(body));
        });
  }

  public static long timestamp(String stream, byte[] key, byte[] stored) {
    return open(stream, key, stored).getLong(1);
  }

  public SelectedSnapshot fromStored(String stream, byte[] key, byte[] stored) {
    ByteBuffer body = open(stream, key, stored);
    byte flags = body.get();
    SnapshotMetadata metadata = SnapshotMetadata.apply(stream, Keys.number(key), body.getLong());
    Object snapshot = payloads.object(Payload.from(body));
    return SelectedSnapshot.create(
        flags == WITH_METADATA
            ? metadata.withMetadata(payloads.object(Payload.from(body)))
            : metadata,
        snapshot);
  }

  private static ByteBuffer open(String stream, byte[] key, byte[] stored) {
    return Sealed.open(key, stored, "Snapshot " + Keys.number(key) + " of stream " + stream);
  }
}
