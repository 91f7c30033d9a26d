package io.atoll.usage;

/** The counters of one minute while it is open to change. Not thread-safe. */
final class Minute {
  final long minute;
  long readOps;
  long writeOps;
  long rejectedOps;
  long storageBytes;
  long storageDelta;
  long connectionMillis;
  long peakConnections;
  long bytesIn;
  long bytesOut;
  long messagesIn;
  long messagesOut;

  Minute(long minute) {
    this.minute = minute;
  }

  void peak(long connections) {
    peakConnections = Math.max(peakConnections, connections);
  }

  /** Adds the counters and raises the peak; the storage level stays. */
  void add(UsageBucket bucket) {
    readOps += bucket.readOps();
    writeOps += bucket.writeOps();
    rejectedOps += bucket.rejectedOps();
    storageDelta += bucket.storageDelta();
    connectionMillis += bucket.connectionMillis();
    peak(bucket.peakConnections());
    bytesIn += bucket.bytesIn();
    bytesOut += bucket.bytesOut();
    messagesIn += bucket.messagesIn();
    messagesOut += bucket.messagesOut();
  }

  UsageBucket bucket() {
    return new UsageBucket(
        minute,
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
