package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Deletes the first events of streams, bucket by bucket. A deletion may be cut off anywhere, and
 * the stream's head says from its beginning that it is done. So where it begins is in the index
 * before, and is taken out only after the last bucket: all buckets before the first one in the
 * index are empty, and whoever deletes next begins there. Thread-safe.
 */
final class EventDeletion {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final CassandraSession session;
  private final EventStreams streams;
  private final StreamHeads heads;
  private final PreparedStatement oldestBucket;
  private final PreparedStatement addFirstBucket;
  private final PreparedStatement deleteEvents;
  private final PreparedStatement forgetBuckets;

  EventDeletion(CassandraSession session, EventStreams streams) {
    this.session = session;
    this.streams = streams;
    this.heads = new StreamHeads(session);
    this.oldestBucket =
        session.prepare(
            "SELECT bucket FROM event_buckets WHERE stream = ? AND bucket < ?"
                + " ORDER BY bucket ASC LIMIT 1");
    this.addFirstBucket =
        session.prepare("INSERT INTO event_buckets (stream, bucket) VALUES (?, 0)");
    this.deleteEvents =
        session.prepare("DELETE FROM events WHERE stream = ? AND bucket = ? AND last <= ?");
    this.forgetBuckets =
        session.prepare("DELETE FROM event_buckets WHERE stream = ? AND bucket < ?");
  }

  /** Up to this number, or further where an earlier one was cut off. */
  CompletionStage<Void> trim(String stream, long toSequenceNr) {
    return heads
        .head(stream)
        .thenCompose(head ->
            streams
                .tip(stream)
                .thenCompose(tip ->
                    trim(stream, head.deletedTo(), Math.min(toSequenceNr, tip.highest()), tip)));
  }

  private CompletionStage<Void> trim(String stream, long deletedTo, long to, Bucket tip) {
    if (deletedTo == 0 && to == 0) {
      return DONE;
    }
    return first(stream, deletedTo, tip)
        .thenCompose(first ->
            (to > deletedTo ? heads.trim(stream, to) : DONE)
                .thenCompose(raised -> delete(stream, first, Math.max(to, deletedTo))));
  }

  /** All events, from the very first bucket: here nothing may be left, whatever the index lacks. */
  CompletionStage<Void> erase(String stream) {
    return streams
        .tip(stream)
        .thenCompose(tip ->
            index(stream, tip)
                .thenCompose(indexed -> heads.erase(stream, tip.highest()))
                .thenCompose(erased -> delete(stream, 0, tip.highest())));
  }

  /**
   * The bucket before which all are empty. Not one that begins where the deleted events end: it may
   * have come after a deletion that was cut off in the bucket before it.
   */
  private CompletionStage<Long> first(String stream, long deletedTo, Bucket tip) {
    return session
        .execute(oldestBucket.bind(stream, deletedTo))
        .thenCompose(found -> {
          Row row = found.one();
          return row == null
              ? index(stream, tip).thenApply(indexed -> 0L)
              : CompletableFuture.completedFuture(row.getLong("bucket"));
        });
  }

  /** Puts the very first bucket into the index; while it is the only one it is found anyway. */
  private CompletionStage<?> index(String stream, Bucket tip) {
    return tip.number() == 0 ? DONE : session.execute(addFirstBucket.bind(stream));
  }

  /** The first bucket that keeps events stays known: a reading begins there. */
  private CompletionStage<Void> delete(String stream, long first, long to) {
    return deleteFrom(stream, first, to).thenCompose(kept -> forgetBefore(stream, kept));
  }

  private CompletionStage<Void> forgetBefore(String stream, long kept) {
    return kept == 0
        ? DONE
        : session.execute(forgetBuckets.bind(stream, kept)).thenAccept(forgotten -> {});
  }

  /** Answers the first bucket that keeps events, or may be given some. */
  private CompletionStage<Long> deleteFrom(String stream, long number, long to) {
    return streams
        .bucket(stream, number)
        .thenCompose(bucket ->
            (number < to ? session.execute(deleteEvents.bind(stream, number, to)) : DONE)
                .thenCompose(deleted -> {
                  Long next = bucket.next();
                  return next == null || bucket.highest() > to
                      ? CompletableFuture.completedFuture(number)
                      : deleteFrom(stream, next, to);
                }));
  }
}
