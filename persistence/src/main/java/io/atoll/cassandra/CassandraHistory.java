package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.atoll.map.History;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The histories of the streams in Cassandra. */
public final class CassandraHistory implements History {
  private final CassandraSession session;
  private final EventStreams streams;
  private final StreamHeads heads;
  private final CassandraPageStore pages;
  private final PreparedStatement deleteEvents;
  private final PreparedStatement forgetBuckets;
  private final PreparedStatement deleteSnapshots;

  public CassandraHistory(CassandraSession session) {
    this.session = session;
    this.streams = new EventStreams(session);
    this.heads = new StreamHeads(session);
    this.pages = new CassandraPageStore(session);
    this.deleteEvents =
        session.prepare("DELETE FROM events WHERE stream = ? AND bucket = ? AND last <= ?");
    this.forgetBuckets =
        session.prepare("DELETE FROM event_buckets WHERE stream = ? AND bucket < ?");
    this.deleteSnapshots =
        session.prepare("DELETE FROM snapshots WHERE stream = ? AND sequence_nr < ?");
  }

  @Override
  public CompletionStage<Void> trim(String persistenceId, long toSequenceNr) {
    return trimEvents(persistenceId, toSequenceNr)
        .thenCompose(trimmed -> streams.tip(persistenceId))
        .thenCompose(tip ->
            session.execute(
                deleteSnapshots.bind(persistenceId, Math.min(toSequenceNr, tip.highest()))))
        .thenAccept(done -> {});
  }

  /** Deletes events only. */
  CompletionStage<Void> trimEvents(String stream, long toSequenceNr) {
    return heads
        .head(stream)
        .thenCompose(head ->
            streams
                .tip(stream)
                .thenCompose(
                    tip -> trim(stream, head, Math.min(toSequenceNr, tip.highest()), tip)));
  }

  private CompletionStage<Void> trim(String stream, StreamHeads.Head head, long to, Bucket tip) {
    return to <= head.deletedTo()
        ? CompletableFuture.completedFuture(null)
        : heads
            .trim(stream, to)
            .thenCompose(trimmed -> deleteEvents(stream, head.deletedTo(), to, tip));
  }

  /** The first bucket that keeps events stays known: a reading begins there. */
  private CompletionStage<Void> deleteEvents(String stream, long from, long to, Bucket tip) {
    long[] kept = {tip.number()};
    return streams
        .forEachBucket(
            stream,
            from,
            bucket -> {
              if (bucket.highest() > to) {
                kept[0] = Math.min(kept[0], bucket.number());
              }
              return bucket.number() < to
                  ? session.execute(deleteEvents.bind(stream, bucket.number(), to))
                  : CompletableFuture.completedFuture(null);
            })
        .thenCompose(deleted ->
            session.executeAll(
                kept[0] == 0 ? List.of() : List.of(forgetBuckets.bind(stream, kept[0]))))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> erase(String persistenceId) {
    return streams
        .tip(persistenceId)
        .thenCompose(tip ->
            heads
                .head(persistenceId)
                .thenCompose(head ->
                    heads
                        .erase(persistenceId, tip.highest())
                        .thenCompose(erased ->
                            deleteEvents(persistenceId, head.deletedTo(), tip.highest(), tip))))
        .thenCompose(erased -> session.execute(deleteSnapshots.bind(persistenceId, Long.MAX_VALUE)))
        .thenCompose(erased -> pages.numbers(persistenceId))
        .thenCompose(left -> pages.delete(persistenceId, left));
  }
}
