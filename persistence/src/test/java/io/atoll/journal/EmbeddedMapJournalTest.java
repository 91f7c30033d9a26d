package io.atoll.journal;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.MapEvent;
import io.atoll.map.MapEvent.EntriesChanged;
import io.atoll.map.MapJournal;
import io.atoll.map.MapSnapshot;
import io.atoll.store.DamagedRecordException;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Keys;
import io.atoll.store.OutOfOrderWriteException;
import io.atoll.store.StoreExtension;
import io.atoll.store.Table;
import io.atoll.time.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMapJournalTest {
  private static final String STREAM = "map|acme|1|users";

  @TempDir Path folder;
  private Recorders system;
  private EmbeddedStore store;
  private MapJournal journal;

  @BeforeEach
  void open() {
    system = new Recorders(TestConfig.in(folder), EmbeddedReadJournal.IDENTIFIER);
    store = StoreExtension.of(Adapter.toClassic(system.kit().system()));
    journal = new EmbeddedMapJournal(system.kit().system(), store, TimeSource.system());
  }

  @AfterEach
  void close() {
    system.close();
  }

  @Test
  void eventsComeBackInTheirOrder() {
    append(1, 5);
    assertThat(recovered()).containsExactly("v1", "v2", "v3", "v4", "v5");
  }

  @Test
  void theReadJournalReadsThem() {
    append(1, 3);
    assertThat(system.events(STREAM, 2, 3))
        .extracting(EventEnvelope::sequenceNr)
        .containsExactly(2L, 3L);
    assertThat(system.events(STREAM, 2, 3))
        .extracting(event -> value((MapEvent) event.event()))
        .containsExactly("v2", "v3");
  }

  @Test
  void aNumberThatIsNotTheNextOneIsRefusedAndWritesNothing() {
    append(1, 2);
    assertThat(failure(journal.append(STREAM, 2, event(2))))
        .isInstanceOf(OutOfOrderWriteException.class);
    assertThat(failure(journal.append(STREAM, 4, event(4))))
        .isInstanceOf(OutOfOrderWriteException.class);
    assertThat(recovered()).containsExactly("v1", "v2");
  }

  @Test
  void recoveryWaitsForWhatIsUnderWay() {
    for (int round = 1; round <= 50; round++) {
      var appended = journal.append(STREAM, round, event(round));
      assertThat(recovered()).hasSize(round);
      result(appended);
    }
  }

  @Test
  void whatComesAfterANumberIsReadStreamByStream() {
    append(1, 4);
    result(journal.append("map|acme|1|other", 1, event(1)));
    List<String> read = new ArrayList<>();
    result(
        journal.readAfter(
            Map.of(STREAM, 2L, "map|acme|1|other", 0L, "map|acme|1|none", 0L),
            (stream, number, event) -> read.add(stream + " " + number + " " + value(event))));
    assertThat(read)
        .containsSubsequence(STREAM + " 3 v3", STREAM + " 4 v4")
        .contains("map|acme|1|other 1 v1")
        .hasSize(3);
  }

  @Test
  void aStreamWithoutEventsIsEmpty() {
    assertThat(recovered()).isEmpty();
  }

  @Test
  void aDamagedEventIsNeverPassedOver() {
    append(1, 3);
    byte[] first = result(store.read(reader -> reader.get(Table.JOURNAL, Keys.of(STREAM, 1))));
    result(store.commit(new PutRow(Table.JOURNAL, Keys.of(STREAM, 2), first)));
    assertThat(failure(journal.recover(STREAM, new Values())))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageContaining("Event 2 of stream " + STREAM);
  }

  @Test
  void aStreamThatEndsBeforeTheNumberThatWasReadIsDamaged() {
    append(1, 3);
    assertThat(failure(journal.readAfter(Map.of(STREAM, 4L), (stream, number, event) -> {})))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageContaining("events 4 to 4 are missing");
  }

  @Test
  void whoHasRecoveredWritesTheNextNumberAndNoOther() {
    append(1, 2);
    openAgain();
    assertThat(recovered()).containsExactly("v1", "v2");
    assertThat(failure(journal.append(STREAM, 2, event(2))))
        .isInstanceOf(OutOfOrderWriteException.class);
    append(3, 3);
    assertThat(recovered()).containsExactly("v1", "v2", "v3");
  }

  private void openAgain() {
    close();
    open();
  }

  private void append(int from, int to) {
    for (int number = from; number <= to; number++) {
      result(journal.append(STREAM, number, event(number)));
    }
  }

  private List<String> recovered() {
    Values values = new Values();
    result(journal.recover(STREAM, values));
    return values.read;
  }

  private static MapEvent event(int number) {
    return new EntriesChanged(
        1_000 + number,
        number,
        List.of(new MapEvent.Put(Key.of("k"), ("v" + number).getBytes(UTF_8), -1)),
        1,
        3,
        3,
        1,
        3);
  }

  private static String value(MapEvent event) {
    return new String(
        ((MapEvent.Put) ((EntriesChanged) event).changes().getFirst()).value(), UTF_8);
  }

  private static final class Values implements MapJournal.Replay {
    private final List<String> read = new ArrayList<>();

    @Override
    public void snapshot(MapSnapshot snapshot) {
      throw new AssertionError("no snapshot was stored");
    }

    @Override
    public void event(MapEvent event) {
      read.add(value(event));
    }
  }
}
