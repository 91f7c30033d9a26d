package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

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
  private final Tips tips = new Tips();
  private final PreparedStatement newestBucket;
  private final PreparedStatement bucketBefore;
  private final PreparedStatement addBucket;
  private final PreparedStatement bucket;
  private final PreparedStatement open;
  private final PreparedStatement takeAsSeen;
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
    this.takeAsSeen =
        session.prepareConditional(
            "UPDATE events SET owner = ?"
                + BUCKET
                + " IF owner = ? AND highest = ? AND next = null");
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

  /**
   * Looks where the stream stands, for the claim that follows: if it is still there, all is known.
   */
  CompletionStage<Bucket> expectClaim(String stream) {
    CompletionStage<Bucket> tip = tip(stream);
    tips.put(stream, tip);
    return tip;
  }

  /** Makes this writer the stream's only one, and answers where it goes on. */
  CompletionStage<Bucket> claim(String stream, UUID writer) {
    CompletionStage<Bucket> expected = tips.take(stream);
    CompletionStage<Bucket> tip =
        expected == null ? tip(stream) : expected.exceptionallyCompose(failed -> tip(stream));
    return claim(stream, writer, tip, MOST_CLAIMS);
  }

  private CompletionStage<Bucket> claim(
      String stream, UUID writer, CompletionStage<Bucket> seen, int tries) {
    return seen.thenCompose(tip ->
        claim(stream, writer, tip, tries == MOST_CLAIMS)
            .thenCompose(claimed -> {
              if (claimed.isPresent()) {
                return CompletableFuture.completedFuture(claimed.get());
              }
              return tries == 1
                  ? CompletableFuture.failedFuture(
                      new LostStreamException(stream, tip.highest() + 1))
                  : claim(stream, writer, tip(stream), tries - 1);
            }));
  }

  /**
   * Empty when the bucket is not as it was seen. The first try wants its events to be the same,
   * too, and so needs no second look at it; an owner that still writes would never let that
   * succeed.
   */
  private CompletionStage<Optional<Bucket>> claim(
      String stream, UUID writer, Bucket tip, boolean firstTry) {
    UUID owner = tip.owner();
    if (owner == null) {
      return conditional(open.bind(writer, tip.number(), stream, tip.number()))
          .thenApply(applied -> when(applied, tip.claimedBy(writer)));
    }
    return firstTry
        ? conditional(takeAsSeen.bind(writer, stream, tip.number(), owner, tip.highest()))
            .thenApply(applied -> when(applied, tip.claimedBy(writer)))
        : conditional(take.bind(writer, stream, tip.number(), owner))
            .thenCompose(applied ->
                applied
                    ? bucket(stream, tip.number())
                        .thenApply(bucket -> Optional.of(bucket.claimedBy(writer)))
                    : CompletableFuture.completedFuture(Optional.empty()));
  }

  private static Optional<Bucket> when(boolean applied, Bucket bucket) {
    return applied ? Optional.of(bucket) : Optional.empty();
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
    return indexed(stream, newestBucket.bind(stream)).thenCompose(bucket -> walk(stream, bucket));
  }

  private CompletionStage<Bucket> walk(String stream, Bucket from) {
    Long next = from.next();
    return next == null
        ? CompletableFuture.completedFuture(from)
        : bucket(stream, next).thenCompose(bucket -> walk(stream, bucket));
  }

  /**
   * The bucket that the index names, the first when it names none. That one is asked for at the
   * same time: most streams have no other.
   */
  private CompletionStage<Bucket> indexed(String stream, BoundStatement index) {
    CompletionStage<Bucket> first = bucket(stream, 0);
    return session
        .execute(index)
        .thenCompose(found -> {
          Row row = found.one();
          return row == null ? first : bucket(stream, row.getLong("bucket"));
        });
  }

  /** A bucket at or before the one with the event of this number; a reading may begin there. */
  CompletionStage<Bucket> before(String stream, long number) {
    return indexed(stream, bucketBefore.bind(stream, number));
  }

  /** Hands on the rows with events from this number, in order, until one is answered with false. */
  CompletionStage<Void> read(String stream, long from, Predicate<Row> receiver) {
    return before(stream, from).thenCompose(bucket -> read(stream, bucket, from, receiver));
  }

  /** As above, from a bucket that is not after the one with the first event. */
  CompletionStage<Void> read(String stream, Bucket first, long from, Predicate<Row> receiver) {
    boolean[] more = {true};
    return rows(stream, first, from, row -> more[0] = receiver.test(row))
        .thenCompose(done -> {
          Long next = first.next();
          return next == null || !more[0]
              ? CompletableFuture.completedFuture(null)
              : bucket(stream, next)
                  .thenCompose(following -> read(stream, following, from, receiver));
        });
  }

  private CompletionStage<Void> rows(
      String stream, Bucket bucket, long from, Predicate<Row> receiver) {
    return firstRows(stream, bucket, from).thenCompose(page -> session.forEach(page, receiver));
  }

  /** The first page of a bucket's rows with events from this number. */
  CompletionStage<AsyncResultSet> firstRows(String stream, Bucket bucket, long from) {
    return session.execute(rows.bind(stream, bucket.number(), from).setPageSize(64));
  }

  /** The bucket with this number as it is stored, or as it will begin. */
  CompletionStage<Bucket> bucket(String stream, long number) {
    return session
        .execute(bucket.bind(stream, number))
        .thenApply(found -> Bucket.of(number, found.one()));
  }
}
