package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.PageStore.PageBytes;
import io.atoll.map.UnrulyPageStore.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A map's owner that is paused, and goes on when another one has taken the stream over. */
class WokenOwnerTest {
  private static final ActorTestKit kit = MapBench.system();
  private static final long LEFT_BEHIND = 7;
  private static final long OF_THE_NEXT_OWNER = 8;

  private final MapBench bench = new MapBench(kit, "");

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void itDeletesWhatWasLeftBehindButNoPageOfTheNextOwner() {
    write(LEFT_BEHIND);
    bench.streams = Optional.of(new TakenOver(new KitMapJournal(bench.journal)));
    bench.start();
    bench.fill(0, 100);

    bench.await(() ->
        assertThat(bench.store.pages.stored(bench.stream()))
            .contains(OF_THE_NEXT_OWNER)
            .doesNotContain(LEFT_BEHIND));
  }

  @Test
  void whatCouldNotBeDeletedIsDeletedAtALaterCheckpoint() {
    write(LEFT_BEHIND);
    bench.store.fail(Call.DELETE);
    bench.start();
    bench.fill(0, 100);
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isPositive());
    assertThat(bench.store.pages.stored(bench.stream())).contains(LEFT_BEHIND);

    bench.store.fail();
    bench.fill(100, 300);
    bench.await(
        () -> assertThat(bench.store.pages.stored(bench.stream())).doesNotContain(LEFT_BEHIND));
  }

  @Test
  void pagesThatCannotBeListedHoldNoCheckpointUp() {
    write(LEFT_BEHIND);
    bench.store.fail(Call.NUMBERS);
    bench.start();
    bench.fill(0, 100);

    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isPositive());
    assertThat(bench.store.pages.stored(bench.stream())).contains(LEFT_BEHIND);
  }

  private void write(long number) {
    bench.store.pages.write(bench.stream(), List.of(new PageBytes(number, new byte[] {1})));
  }

  /**
   * Another owner writes a page as soon as the first checkpoint is durable, before the owner goes
   * on.
   */
  private final class TakenOver implements MapJournal {
    private final MapJournal journal;
    private final AtomicBoolean taken = new AtomicBoolean();

    TakenOver(MapJournal journal) {
      this.journal = journal;
    }

    @Override
    public CompletionStage<Void> append(String stream, long sequenceNr, MapEvent event) {
      CompletionStage<Void> appended = journal.append(stream, sequenceNr, event);
      return event instanceof MapEvent.Checkpointed && taken.compareAndSet(false, true)
          ? appended.thenRun(() -> write(OF_THE_NEXT_OWNER))
          : appended;
    }

    @Override
    public CompletionStage<Void> save(String stream, long sequenceNr, MapSnapshot snapshot) {
      return journal.save(stream, sequenceNr, snapshot);
    }

    @Override
    public CompletionStage<Void> recover(String stream, Replay replay) {
      return journal.recover(stream, replay);
    }

    @Override
    public CompletionStage<Void> readAfter(Map<String, Long> sequenceNrs, Reader reader) {
      return journal.readAfter(sequenceNrs, reader);
    }
  }
}
