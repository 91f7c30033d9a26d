package io.atoll.cassandra;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.atoll.journal.Recorder;
import io.atoll.journal.Recorders;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the owner before does between the two steps of a recovery: its snapshot and its claim. */
class OvertakenRecoveryIT {
  private static final String STREAM = "stream";
  private static final Duration SOON = Duration.ofSeconds(60);

  private Recorders before;
  private Recorders after;
  private CassandraHistory history;

  @BeforeEach
  void start() {
    before = new Recorders(Cassandras.config(), CassandraReadJournal.IDENTIFIER);
    after =
        new Recorders(
            ConfigFactory.parseMap(
                    Map.of("atoll.cassandra.journal.class", OutrunJournal.class.getName()))
                .withFallback(Cassandras.config()),
            CassandraReadJournal.IDENTIFIER);
    CassandraSession session = CassandraExtension.of(Adapter.toClassic(before.kit().system()));
    history = new CassandraHistory(session);
    Cassandras.empty(session, "events", "event_buckets", "streams", "snapshots");
  }

  @AfterEach
  void close() {
    OutrunJournal.meanwhile(() -> {});
    if (after != null) {
      after.close();
    }
    if (before != null) {
      before.close();
    }
  }

  @Test
  void aRecoveryWithoutASnapshotFailsWhenTheStreamIsTrimmedMeanwhile() {
    before.write(STREAM, "a", "b");
    assertOvertaken("a b snap-c d", () -> grow("snap-c", "d", 3));
  }

  @Test
  void aRecoveryFromAnOldSnapshotFailsWhenTheStreamIsTrimmedPastIt() {
    before.write(STREAM, "a", "snap-b");
    assertOvertaken("a snap-b snap-c d", () -> grow("snap-c", "d", 3));
  }

  @Test
  void aRecoveryFromAnOldSnapshotFailsWhenNothingIsLeftOfTheStream() {
    before.write(STREAM, "a", "snap-b");
    assertOvertaken("a snap-b c snap-d", () -> grow("c", "snap-d", Long.MAX_VALUE));
  }

  @Test
  void aRecoveryFromASnapshotFailsWhenTheStreamIsErasedMeanwhile() {
    before.write(STREAM, "a", "snap-b");
    assertOvertaken("", () -> result(history.erase(STREAM)));
  }

  @Test
  void aRecoveryGoesOnWhenTheStreamIsTrimmedUpToItsSnapshot() {
    before.write(STREAM, "a", "snap-b");
    OutrunJournal.meanwhile(() -> {
      before.write(STREAM, "c");
      result(history.trim(STREAM, 2));
    });
    assertThat(after.words(STREAM)).isEqualTo("a snap-b c");
  }

  @Test
  void aRecoveryGoesOnWhenItsSnapshotIsTheLastThatIsThere() {
    before.write(STREAM, "a", "snap-b");
    OutrunJournal.meanwhile(() -> result(history.trim(STREAM, Long.MAX_VALUE)));
    assertThat(after.words(STREAM)).isEqualTo("a snap-b");
    after.write(STREAM, "c");
    assertThat(after.words(STREAM)).isEqualTo("a snap-b c");
  }

  @Test
  void aRecoveryOfAnErasedStreamGoesOn() {
    before.write(STREAM, "a", "b");
    result(history.erase(STREAM));
    OutrunJournal.meanwhile(() -> before.write(STREAM, "new"));
    assertThat(after.words(STREAM)).isEqualTo("new");
  }

  /** The last number that is trimmed has a snapshot at or after it. */
  private void grow(String first, String second, long trimmed) {
    before.write(STREAM, first, second);
    result(history.trim(STREAM, trimmed));
  }

  private void assertOvertaken(String words, Runnable meanwhile) {
    OutrunJournal.meanwhile(meanwhile);
    ActorRef<Recorder.Command> late = after.start(STREAM);
    after.kit().createTestProbe().expectTerminated(late, SOON);
    assertThat(after.words(STREAM)).isEqualTo(words);
    after.write(STREAM, "next");
    assertThat(after.events(STREAM)).extracting(EventEnvelope::event).endsWith("next");
  }
}
