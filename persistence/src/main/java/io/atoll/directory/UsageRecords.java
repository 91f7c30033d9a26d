package io.atoll.directory;

import io.atoll.store.Keys;
import io.atoll.store.Sealed;
import io.atoll.usage.UsageBucket;
import java.nio.ByteBuffer;

/** Metered minutes as they are stored: the figures in a fixed order; the minute is in the key. */
final class UsageRecords {
  /** Bytes of the figures. */
  static final int SIZE = 11 * Long.BYTES;

  private UsageRecords() {}

  static byte[] seal(byte[] key, UsageBucket minute) {
    return Sealed.seal(key, SIZE, body -> put(body, minute));
  }

  static UsageBucket open(byte[] key, byte[] stored) {
    ByteBuffer body = Sealed.open(key, stored, "A metered minute");
    return new UsageBucket(
        Keys.number(key),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong(),
        body.getLong());
  }

  private static void put(ByteBuffer body, UsageBucket minute) {
    body.putLong(minute.readOps())
        .putLong(minute.writeOps())
        .putLong(minute.rejectedOps())
        .putLong(minute.storageBytes())
        .putLong(minute.storageDelta())
        .putLong(minute.connectionMillis())
        .putLong(minute.peakConnections())
        .putLong(minute.bytesIn())
        .putLong(minute.bytesOut())
        .putLong(minute.messagesIn())
        .putLong(minute.messagesOut());
  }
}
