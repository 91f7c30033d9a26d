package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The streams of events in Cassandra. Who recovers a stream claims it: from then on appends of
 * everybody else are refused by Cassandra itself, because an append is conditional on the owner and
 * on the stream's highest number. Thread-safe.
 */
final class EventStreams {
  /** A partition of so many bytes is full; rows of it are never larger than one append more. */
  static final long BUCKET_BYTES = 8L << 20;

  /** What a row costs besides its events. */
  private static final long ROW_BYTES = 128;

  private static final int MOST_CLAIMS = 20;
  private static final String BUCKET = " WHERE stream = ? AND bucket = ?";

  private final CassandraSession session;
  private final long bucketBytes;
  private final PreparedStatement newestBucket;
  private final PreparedStatement bucketBefore;
  private final PreparedStatement addBucket;
  private final PreparedStatement bucket;
  private final PreparedStatement open;
  private final PreparedStatement take;
  private final PreparedStatement seal;
  private final PreparedStatement append;
  private final PreparedStatement rows;

  EventStreams(CassandraSession session) {
    this(session, BUCKET_BYTES);
  }

  EventStreams(CassandraSession session, long bucketBytes) {
    this.session = session;
    this.bucketBytes = bucketBytes;
    this.newestBucket =
        session.prepare("SELECT bucket FROM event_buckets WHERE stream = ? LIMIT 1");
    this.bucketBefore =
        session.prepare("SELECT bucket FROM event_buckets WHERE stream = ? AND bucket < ? LIMIT 1");
    this.addBucket = session.prepare("INSERT INTO event_buckets (stream, bucket) VALUES (?, ?)");
    this.bucket =
        session.prepare(
            "SELECT DISTINCT stream, bucket, owner, highest, bytes, next FROM events" + BUCKET);
    this.open =
        session.prepareConditional(
            "UPDATE events SET owner = ?, highest = ?, bytes = 0" + BUCKET + " IF owner = null");
    this.take =
        session.prepareConditional(
            "UPDATE events SET owner = ?" + BUCKET + " IF owner = ? AND next = null");
    this.seal =
        session.prepareConditional(
            "UPDATE events SET next = ?" + BUCKET + " IF owner = ? AND highest = ?");
    this.append =
        session.prepareConditional(
            "UPDATE events SET highest = ?, bytes = ?, events = ?"
                + BUCKET
                + " AND last = ? IF owner = ? AND highest = ? AND next = null");
    this.rows = session.prepare("SELECT last, events FROM events" + BUCKET + " AND last >= ?");
  }

  /** Makes this writer the stream's only one, and answers where it goes on. */
  CompletionStage<Bucket> claim(String stream, UUID writer) {
    return claim(stream, writer, MOST_CLAIMS);
  }

  private CompletionStage<Bucket> claim(String stream, UUID writer, int tries) {
    return tip(stream)
        .thenCompose(tip ->
            conditional(
                    tip.owner() == null
                        ? open.bind(writer, tip.number(), stream, tip.number())
                        : take.bind(writer, stream, tip.number(), tip.owner()))
                .thenCompose(applied -> {
                  if (applied) {
                    return bucket(stream, tip.number());
                  }
                  return tries == 1
                      ? CompletableFuture.failedFuture(
                          new LostStreamException(stream, tip.highest() + 1))
                      : claim(stream, writer, tries - 1);
                }));
  }

  /**
   * Appends what holds the events from the one after the bucket's highest to {@code last}; answers
   * where the next ones go. Fails with {@link LostStreamException} when the claim is not good any
   * more; then nothing was stored.
   */
  CompletionStage<Bucket> append(String stream, Bucket claim, long last, byte[] events) {
    if (claim.bytes() >= bucketBytes) {
      return next(stream, claim).thenCompose(next -> append(stream, next, last, events));
    }
    Bucket grown = claim.grown(last, events.length + ROW_BYTES);
    return require(
            stream,
            claim,
            append.bind(
                last,
                grown.bytes(),
                ByteBuffer.wrap(events),
                stream,
                claim.number(),
                last,
                claim.writer(),
                claim.highest()))
        .thenApply(applied -> grown);
  }

  /**
   * Seals the full bucket and begins the next one. Whoever claims the stream in between finds the
   * sealed one, goes on to the next and takes it, and this writer's turn fails.
   */
  private CompletionStage<Bucket> next(String stream, Bucket full) {
    long number = full.highest();
    return require(
            stream, full, seal.bind(number, stream, full.number(), full.writer(), full.highest()))
        .thenCompose(
            sealed -> require(stream, full, open.bind(full.writer(), number, stream, number)))
        .thenCompose(opened -> session.execute(addBucket.bind(stream, number)))
        .thenApply(added -> new Bucket(number, full.writer(), number, 0, null));
  }

  private CompletionStage<Boolean> require(String stream, Bucket claim, BoundStatement statement) {
    return conditional(statement)
        .thenApply(applied -> {
          if (!applied) {
            throw new LostStreamException(stream, claim.highest() + 1);
          }
          return applied;
        });
  }

  private CompletionStage<Boolean> conditional(BoundStatement statement) {
    return session.execute(statement).thenApply(result -> result.wasApplied());
  }

  /** The stream's last bucket. */
  CompletionStage<Bucket> tip(String stream) {
    return session
        .execute(newestBucket.bind(stream))
        .thenCompose(found -> walk(stream, number(found.one())));
  }

  private CompletionStage<Bucket> walk(String stream, long from) {
    return bucket(stream, from)
        .thenCompose(bucket -> {
          Long next = bucket.next();
          return next == null ? CompletableFuture.completedFuture(bucket) : walk(stream, next);
        });
  }

  /** Hands on the rows with events from this number, in order, until one is answered with false. */
  CompletionStage<Void> read(String stream, long from, Predicate<Row> receiver) {
    return session
        .execute(bucketBefore.bind(stream, from))
        .thenCompose(found -> {
          boolean[] more = {true};
          Predicate<Row> remembering = row -> more[0] = receiver.test(row);
          return read(stream, number(found.one()), from, remembering, more);
        });
  }

  private CompletionStage<Void> read(
      String stream, long number, long from, Predicate<Row> receiver, boolean[] more) {
    return bucket(stream, number)
        .thenCompose(bucket ->
            session
                .forEach(rows.bind(stream, number, from).setPageSize(64), receiver)
                .thenCompose(done -> {
                  Long next = bucket.next();
                  return next == null || !more[0]
                      ? CompletableFuture.completedFuture(null)
                      : read(stream, next, from, receiver, more);
                }));
  }

  /** Does something with each bucket that holds events after this number, in order. */
  CompletionStage<Void> forEachBucket(
      String stream, long from, Function<Bucket, CompletionStage<?>> work) {
    return session
        .execute(bucketBefore.bind(stream, from + 1))
        .thenCompose(found -> forEach(stream, number(found.one()), work));
  }

  private CompletionStage<Void> forEach(
      String stream, long number, Function<Bucket, CompletionStage<?>> work) {
    return bucket(stream, number)
        .thenCompose(bucket ->
            work.apply(bucket)
                .thenCompose(done -> {
                  Long next = bucket.next();
                  return next == null
                      ? CompletableFuture.completedFuture(null)
                      : forEach(stream, next, work);
                }));
  }

  private CompletionStage<Bucket> bucket(String stream, long number) {
    return session
        .execute(bucket.bind(stream, number))
        .thenApply(found -> Bucket.of(number, found.one()));
  }

  private static long number(@Nullable Row row) {
    return row == null ? 0 : row.getLong("bucket");
  }
}
