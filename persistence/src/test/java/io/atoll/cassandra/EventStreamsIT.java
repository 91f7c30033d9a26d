package io.atoll.cassandra;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may write a stream, over the ends of its buckets too: here a bucket is full after a row. */
class EventStreamsIT {
  private static final String STREAM = "stream";
  private static final UUID FIRST = UUID.randomUUID();
  private static final UUID SECOND = UUID.randomUUID();

  private static CassandraSession session;
  private static EventStreams streams;

  @BeforeAll
  static void open() {
    session = Cassandras.open();
    streams = new EventStreams(session, 1);
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
    }
  }

  @BeforeEach
  void empty() {
    Cassandras.empty(session, "events", "event_buckets", "streams");
  }

  @Test
  void rowsAreReadInOrderOverManyBuckets() {
    Bucket claim = result(streams.claim(STREAM, FIRST));
    for (long last : List.of(1, 4, 5, 9)) {
      claim = append(claim, last);
    }
    assertThat(claim.number()).isEqualTo(5);
    assertThat(rows(1)).containsExactly(1L, 4L, 5L, 9L);
    assertThat(rows(3)).containsExactly(4L, 5L, 9L);
    assertThat(rows(5)).containsExactly(5L, 9L);
    assertThat(rows(10)).isEmpty();
    assertThat(result(streams.tip(STREAM)).highest()).isEqualTo(9);
  }

  @Test
  void aNumberThatIsNotTheNextIsRefused() {
    Bucket claim = append(result(streams.claim(STREAM, FIRST)), 1);
    Bucket ahead = new Bucket(claim.number(), FIRST, 7, 0, null);
    assertThat(failure(streams.append(STREAM, ahead, 8, new byte[1])))
        .isInstanceOf(LostStreamException.class);
    assertThat(rows(1)).containsExactly(1L);
  }

  @Test
  void aWriterWhoseBucketIsFullIsRefusedOnceAnotherHasClaimed() {
    Bucket old = append(result(streams.claim(STREAM, FIRST)), 1);
    Bucket fresh = result(streams.claim(STREAM, SECOND));
    assertRefused(old, 2);
    fresh = append(fresh, 2);
    assertRefused(old, 2);
    append(fresh, 3);
    assertRefused(old, 2);
    assertThat(rows(1)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aWriterThatSealedItsBucketIsRefusedOnceAnotherHasClaimedTheNext() {
    Bucket old = append(result(streams.claim(STREAM, FIRST)), 1);
    Cassandras.run(
        session,
        "UPDATE events SET next = 1 WHERE stream = 'stream' AND bucket = 0 IF highest = 1");
    Bucket fresh = result(streams.claim(STREAM, SECOND));
    assertThat(fresh.number()).isEqualTo(1);
    assertRefused(old, 2);
    append(fresh, 2);
    assertThat(rows(1)).containsExactly(1L, 2L);
  }

  @Test
  void aStreamIsClaimedAlthoughItsOwnerGoesOnWriting() {
    EventStreams large = new EventStreams(session);
    for (int round = 0; round < 5; round++) {
      Bucket first = result(large.claim(STREAM, UUID.randomUUID()));
      Bucket begun = result(large.append(STREAM, first, first.highest() + 1, new byte[1]));
      CompletableFuture<Long> written = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> written.complete(writeOn(large, begun)));

      Bucket fresh = result(large.claim(STREAM, UUID.randomUUID()));

      assertThat(fresh.highest()).isEqualTo(result(written));
    }
  }

  @Test
  void aClaimThatIsExpectedGoesByWhatWasSeenThen() {
    Bucket old = append(result(streams.claim(STREAM, FIRST)), 1);
    result(streams.expectClaim(STREAM));
    assertThat(result(streams.claim(STREAM, SECOND)).highest()).isEqualTo(1);
    assertRefused(old, 2);
  }

  @Test
  void anOwnerThatWritesAfterAClaimIsExpectedLosesNothing() {
    EventStreams large = new EventStreams(session);
    Bucket first = result(large.claim(STREAM, FIRST));
    result(large.expectClaim(STREAM));
    Bucket written = result(large.append(STREAM, first, 1, new byte[1]));

    Bucket fresh = result(large.claim(STREAM, SECOND));
    assertThat(fresh.highest()).isEqualTo(written.highest());
    assertThat(failure(large.append(STREAM, written, 2, new byte[1])))
        .isInstanceOf(LostStreamException.class);
    result(large.append(STREAM, fresh, 2, new byte[1]));
    assertThat(rows(1)).containsExactly(1L, 2L);
  }

  /** Writes until that is refused; answers the last number that was taken. */
  private static long writeOn(EventStreams large, Bucket first) {
    Bucket claim = first;
    while (true) {
      try {
        claim = result(large.append(STREAM, claim, claim.highest() + 1, new byte[1]));
      } catch (LostStreamException refused) {
        return claim.highest();
      }
    }
  }

  @Test
  void aRowIsNeverAddedToASealedBucket() {
    Bucket open = new Bucket(0, FIRST, 1, 0, null);
    append(append(result(streams.claim(STREAM, FIRST)), 1), 2);
    assertRefused(open, 2);
    assertThat(rows(1)).containsExactly(1L, 2L);
  }

  @Test
  void bucketsThatAreNotInTheIndexAreFoundAllTheSame() {
    Bucket claim = result(streams.claim(STREAM, FIRST));
    for (long last = 1; last <= 4; last++) {
      claim = append(claim, last);
    }
    Cassandras.run(session, "TRUNCATE event_buckets");
    assertThat(rows(3)).containsExactly(3L, 4L);
    assertThat(result(streams.claim(STREAM, SECOND)).highest()).isEqualTo(4);
  }

  private static Bucket append(Bucket claim, long last) {
    return result(streams.append(STREAM, claim, last, new byte[1]));
  }

  private static void assertRefused(Bucket claim, long last) {
    assertThat(failure(streams.append(STREAM, claim, last, new byte[1])))
        .isInstanceOf(LostStreamException.class);
  }

  private static List<Long> rows(long from) {
    List<Long> rows = new ArrayList<>();
    result(streams.read(STREAM, from, row -> rows.add(row.getLong("last"))));
    return rows;
  }
}
