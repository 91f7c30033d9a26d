package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.journal.HistoryContract;
import io.atoll.journal.Recorder;
import io.atoll.journal.Recorders;
import io.atoll.map.History;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugins under real persistent actors of one node and of two. */
class CassandraHistoryIT extends HistoryContract {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Recorders node;

  @BeforeEach
  void start() {
    node = open();
    Cassandras.empty(session(), "events", "event_buckets", "streams", "snapshots");
  }

  @AfterEach
  void close() {
    if (node != null) {
      node.close();
    }
  }

  @Override
  protected Recorders recorders() {
    return node;
  }

  @Override
  protected History history() {
    return new CassandraHistory(session());
  }

  @Test
  void stateIsThereOnAnotherNode() {
    node.write("stream", "a", "snap-b", "c");
    try (Recorders other = open()) {
      assertThat(other.words("stream")).isEqualTo("a snap-b c");
    }
  }

  @Test
  void aWokenWriterIsRefusedBeforeTheNewOneHasWrittenAnything() {
    ActorRef<Recorder.Command> old = node.start("stream");
    node.add(old, "a");
    try (Recorders other = open()) {
      ActorRef<Recorder.Command> owner = other.start("stream");
      assertThat(other.awaitRecovered(owner)).isEqualTo("a ");
      assertRefused(old, "late");
      other.add(owner, "b");
      other.stop(owner);
      assertThat(other.events("stream")).extracting(EventEnvelope::event).containsExactly("a", "b");
      assertThat(other.words("stream")).isEqualTo("a b");
    }
  }

  @Test
  void aWokenWriterIsRefusedWhereverTheNewOneStands() {
    ActorRef<Recorder.Command> old = node.start("stream");
    node.add(old, "a");
    try (Recorders other = open()) {
      other.write("stream", "b", "c");
      assertRefused(old, "late");
      assertThat(other.words("stream")).isEqualTo("a b c");
    }
  }

  @Test
  void aWriterThatRecoversTakesTheStreamBack() {
    node.write("stream", "a");
    try (Recorders other = open()) {
      ActorRef<Recorder.Command> second = other.start("stream");
      other.add(second, "b");
      node.write("stream", "c");
      TestProbe<Done> probe = other.kit().createTestProbe();
      second.tell(new Recorder.Add("late", probe.ref()));
      probe.expectTerminated(second, SOON);
      assertThat(other.words("stream")).isEqualTo("a b c");
    }
  }

  @Test
  void aSecondWriterOfTheSameNodeIsRefused() {
    ActorRef<Recorder.Command> first = node.start("stream");
    node.awaitRecovered(first);
    ActorRef<Recorder.Command> second = node.start("stream");
    node.awaitRecovered(second);
    node.add(first, "a");
    assertRefused(second, "b");
    node.stop(first);
    assertThat(node.words("stream")).isEqualTo("a");
  }

  @Test
  void aMissingEventFencesItsStreamOnly() {
    for (String stream : List.of("middle", "end", "sound")) {
      node.write(stream, "a", "b", "c");
    }
    Cassandras.run(
        session(), "DELETE FROM events WHERE stream = 'middle' AND bucket = 0 AND last = 2");
    Cassandras.run(
        session(), "DELETE FROM events WHERE stream = 'end' AND bucket = 0 AND last = 3");
    node.assertFenced("middle");
    node.assertFenced("end");
    assertThat(node.words("sound")).isEqualTo("a b c");
  }

  @Test
  void aDamagedEventFencesItsStream() {
    node.write("damaged", "a", "b");
    Cassandras.run(
        session(),
        "UPDATE events SET events = 0x0000000401020304"
            + " WHERE stream = 'damaged' AND bucket = 0 AND last = 1");
    node.assertFenced("damaged");
  }

  private void assertRefused(ActorRef<Recorder.Command> writer, String word) {
    TestProbe<Done> probe = node.kit().createTestProbe();
    writer.tell(new Recorder.Add(word, probe.ref()));
    probe.expectTerminated(writer, SOON);
    probe.expectNoMessage(Duration.ZERO);
  }

  private CassandraSession session() {
    return CassandraExtension.of(Adapter.toClassic(node.kit().system()));
  }

  private static Recorders open() {
    return new Recorders(Cassandras.config(), CassandraReadJournal.IDENTIFIER);
  }
}
