package io.atoll.usage;

/**
 * What a tenant used from an epoch minute on, for as long as the bucket's period lasts. Bytes are
 * those of keys and values; {@code storageBytes} is the level at the end, {@code storageDelta} its
 * change, and {@code peakConnections} the most that were open at one time.
 */
public record UsageBucket(
    long minute,
    long readOps,
    long writeOps,
    long rejectedOps,
    long storageBytes,
    long storageDelta,
    long connectionMillis,
    long peakConnections,
    long bytesIn,
    long bytesOut,
    long messagesIn,
    long messagesOut) {

  /** A minute in which nothing was used. */
  public static UsageBucket empty(long minute) {
    return new UsageBucket(minute, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * Both together, from the earlier minute on: counters are added, the higher peak is kept and the
   * storage of the later minute (of the other one if they are the same).
   */
  public UsageBucket plus(UsageBucket other) {
    return new UsageBucket(
        Math.min(minute, other.minute),
        readOps + other.readOps,
        writeOps + other.writeOps,
        rejectedOps + other.rejectedOps,
        other.minute >= minute ? other.storageBytes : storageBytes,
        storageDelta + other.storageDelta,
        connectionMillis + other.connectionMillis,
        Math.max(peakConnections, other.peakConnections),
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut,
        messagesIn + other.messagesIn,
        messagesOut + other.messagesOut);
  }

  /** The same figures from another minute on. */
  public UsageBucket at(long otherMinute) {
    return new UsageBucket(
        otherMinute,
        readOps,
        writeOps,
        rejectedOps,
        storageBytes,
        storageDelta,
        connectionMillis,
        peakConnections,
        bytesIn,
        bytesOut,
        messagesIn,
        messagesOut);
  }
}
