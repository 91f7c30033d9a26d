package io.atoll.journal;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.History;
import io.atoll.map.PageStore.PageBytes;
import io.atoll.store.DamagedRecordException;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.StoreExtension;
import io.atoll.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugins under real persistent actors: damage, fences, snapshots. */
class EmbeddedJournalTest extends HistoryContract {
  @TempDir Path folder;
  private Recorders recorders;
  private EmbeddedStore store;

  @BeforeEach
  void start() {
    recorders = new Recorders(TestConfig.in(folder), EmbeddedReadJournal.IDENTIFIER);
    store = StoreExtension.of(Adapter.toClassic(recorders.kit().system()));
  }

  @AfterEach
  void close() {
    recorders.close();
  }

  @Override
  protected Recorders recorders() {
    return recorders;
  }

  @Override
  protected History history() {
    return new EmbeddedHistory(store);
  }

  @Test
  void stateIsThereAfterTheSystemWasStartedAgain() {
    recorders.write("stream", "a", "snap-b", "c");
    recorders.close();
    start();
    assertThat(recorders.words("stream")).isEqualTo("a snap-b c");
  }

  @Test
  void aDamagedEventFencesItsStreamOnly() {
    recorders.write("damaged", "a", "b", "c");
    recorders.write("sound", "a", "b", "c");
    flip(Table.JOURNAL, EventRecords.key("damaged", 2));
    recorders.assertFenced("damaged");
    assertThat(readBackFailure("damaged"))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageContaining("Event 2 of stream damaged is damaged");
    assertThat(recorders.words("sound")).isEqualTo("a b c");
    recorders.write("sound", "d");
  }

  @Test
  void aMissingEventFencesItsStream() {
    recorders.write("gap", "a", "b", "c", "d");
    result(store.commit(new DeleteRow(Table.JOURNAL, EventRecords.key("gap", 2))));
    recorders.assertFenced("gap");
    assertThat(readBackFailure("gap")).hasMessageContaining("events 2 to 2 are missing");
  }

  @Test
  void anEventOfAnotherStreamOrNumberIsNeverReplayed() {
    recorders.write("one", "a", "b");
    recorders.write("two", "x", "y");
    copy(EventRecords.key("two", 2), EventRecords.key("one", 2));
    recorders.assertFenced("one");
    copy(EventRecords.key("two", 1), EventRecords.key("two", 2));
    recorders.assertFenced("two");
  }

  @Test
  void aSecondWriterIsRefused() {
    ActorRef<Recorder.Command> first = recorders.start("stream");
    ActorRef<Recorder.Command> second = recorders.start("stream");
    recorders.awaitRecovered(second);
    recorders.add(first, "a");
    TestProbe<Done> probe = recorders.kit().createTestProbe();
    second.tell(new Recorder.Add("b", probe.ref()));
    probe.expectTerminated(second, Duration.ofSeconds(60));
    probe.expectNoMessage(Duration.ZERO);
    recorders.add(first, "c");
    recorders.stop(first);
    assertThat(recorders.words("stream")).isEqualTo("a c");
  }

  @Test
  void aDamagedSnapshotGivesWayToAnOlderOne() {
    recorders.write("stream", "a", "snap-b", "c", "snap-d", "e");
    flip(Table.SNAPSHOTS, SnapshotRecords.key("stream", 4));
    assertThat(recorders.words("stream")).isEqualTo("a snap-b c snap-d e");
  }

  @Test
  void withoutASoundSnapshotAllEventsAreReplayed() {
    recorders.write("stream", "a", "snap-b", "c", "snap-d", "e");
    flip(Table.SNAPSHOTS, SnapshotRecords.key("stream", 4));
    flip(Table.SNAPSHOTS, SnapshotRecords.key("stream", 2));
    assertThat(recorders.words("stream")).isEqualTo("a snap-b c snap-d e");
    result(store.commit(new DeleteRow(Table.SNAPSHOTS, SnapshotRecords.key("stream", 2))));
    result(store.commit(new DeleteRow(Table.SNAPSHOTS, SnapshotRecords.key("stream", 4))));
    assertThat(recorders.words("stream")).isEqualTo("a snap-b c snap-d e");
  }

  @Test
  void withoutASoundSnapshotATrimmedStreamIsFencedAndNeverEmpty() {
    recorders.write("stream", "a", "snap-b", "c");
    result(history().trim("stream", 2));
    flip(Table.SNAPSHOTS, SnapshotRecords.key("stream", 2));
    recorders.assertFenced("stream");
    result(store.commit(new DeleteRow(Table.SNAPSHOTS, SnapshotRecords.key("stream", 2))));
    recorders.assertFenced("stream");
  }

  @Test
  void trimmingDeletesTheSnapshotsBeforeTheNumber() {
    recorders.write("stream", "snap-a", "snap-b", "snap-c");
    result(history().trim("stream", 2));
    List<byte[]> left =
        result(store.read(reader -> reader.keys(Table.SNAPSHOTS, Keys.of("stream"))));
    assertThat(left).extracting(Keys::number).containsExactly(2L, 3L);
  }

  @Test
  void erasingDeletesTheStreamsPagesToo() {
    EmbeddedPageStore pages = new EmbeddedPageStore(store);
    result(pages.write("stream", List.of(new PageBytes(1, new byte[3]))));
    result(pages.write("stream2", List.of(new PageBytes(1, new byte[3]))));
    result(history().erase("stream"));
    assertThat(failure(pages.read("stream", 1))).isInstanceOf(NoSuchElementException.class);
    assertThat(result(pages.read("stream2", 1))).hasSize(3);
  }

  @Test
  void largeEventsAreReadBackInShortRunsThatMissNone() {
    String large = "x".repeat(400_000);
    recorders.write("large", large + 1, large + 2, "small", large + 3, large + 4, large + 5, "end");

    assertThat(recorders.numbers("large")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(recorders.words("large")).hasSize(5 * (large.length() + 2) + "small end".length());
  }

  @Test
  void aReadingHoldsNoMoreThanItsBytesButAlwaysOneEvent() {
    recorders.write("stream", "first", "second", "third");
    EventRecords records =
        new EventRecords((ExtendedActorSystem) Adapter.toClassic(recorders.kit().system()));
    List<PersistentRepr> read = new ArrayList<>();

    long count = result(store.read(new ReplayEvents(records, "stream", 2, 3, 100, 1, read::add)));
    assertThat(count).isEqualTo(1);
    assertThat(read).extracting(PersistentRepr::payload).containsExactly("second");
  }

  private Throwable readBackFailure(String stream) {
    return failure(
        PersistenceQuery.get(recorders.kit().system())
            .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER)
            .currentEventsByPersistenceId(stream, 0, Long.MAX_VALUE)
            .runWith(Sink.seq(), recorders.kit().system()));
  }

  private void flip(Table table, byte[] key) {
    byte[] stored = result(store.read(reader -> reader.get(table, key)));
    stored[stored.length / 2] ^= 4;
    result(store.commit(new PutRow(table, key, stored)));
  }

  private void copy(byte[] from, byte[] to) {
    byte[] stored = result(store.read(reader -> reader.get(Table.JOURNAL, from)));
    result(store.commit(new PutRow(Table.JOURNAL, to, stored)));
  }
}
