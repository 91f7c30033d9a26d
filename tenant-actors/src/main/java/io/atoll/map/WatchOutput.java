package io.atoll.map;

import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What one watcher is told, in batches: at most one is with the subscriber. Remembers how far the
 * watcher was told, so that no change is told twice. Not thread-safe.
 */
final class WatchOutput {
  private static final int BATCH_CHANGES = 256;
  private static final long BATCH_BYTES = 1 << 20;

  private final long watchId;
  private final ActorRef<WatchReply> subscriber;
  private final List<Change> batch = new ArrayList<>();
  private long batchBytes;
  private long delivered;
  private long sent;
  private boolean ready = true;

  /** For a watcher that knows everything up to the change {@code delivered}. */
  WatchOutput(long watchId, ActorRef<WatchReply> subscriber, long delivered) {
    this.watchId = watchId;
    this.subscriber = subscriber;
    this.delivered = delivered;
  }

  /** Whether the subscriber has taken all that was sent. */
  boolean isReady() {
    return ready;
  }

  void taken() {
    ready = true;
  }

  /** How many batches were sent. */
  long sent() {
    return sent;
  }

  /** The change up to which the watcher knows everything, once the present batch is sent. */
  long delivered() {
    return delivered;
  }

  /** Tells a change, unless the watcher knows it. */
  void add(Change change) {
    if (change.seq() > delivered) {
      delivered = change.seq();
      put(change);
    }
  }

  /** Tells that the watcher starts again with the entries as they were at the change. */
  void reset(long seq) {
    batch.clear();
    batchBytes = 0;
    delivered = seq;
    put(new Change(seq, Kind.RESET, null, null, 0));
  }

  /** Tells an entry as it is after a reset. */
  void entry(Entry entry) {
    put(new Change(entry.version(), Kind.SET, entry.key(), entry.value(), entry.version()));
  }

  private void put(Change change) {
    batch.add(change);
    batchBytes += change.size();
  }

  void sendWhenFull() {
    if (batch.size() >= BATCH_CHANGES || batchBytes >= BATCH_BYTES) {
      send();
    }
  }

  void send() {
    if (batch.isEmpty()) {
      return;
    }
    ready = false;
    sent++;
    subscriber.tell(new WatchReply.Changes(watchId, List.copyOf(batch)));
    batch.clear();
    batchBytes = 0;
  }
}
