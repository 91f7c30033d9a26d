package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.refusal.ErrorCode;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps whose streams are written straight to a store. */
class JournalStreamTest {
  private static final ActorTestKit kit = MapBench.system();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @MethodSource("io.atoll.map.MapActorModelTest#seeds")
  void aMapAnswersOnceWhatASortedMapWouldWhateverHappens(long seed) {
    MapBench bench = new MapBench(kit, "atoll.map.snapshot-every = 20, atoll.map.page-grace = 1 s");
    new MapRun(over(new KitMapJournal(bench.journal), bench), seed).go(300);
  }

  @Test
  void snapshotsAreTakenOfEveryFewEventsAndTheMapComesBackFromThem() {
    MapBench bench = new MapBench(kit, "atoll.map.snapshot-every = 5");
    KitMapJournal streams = new KitMapJournal(bench.journal);
    over(streams, bench).start();
    for (int i = 0; i < 12; i++) {
      bench.ask(MapModel.set(MapBench.key(i % 5), "1"));
    }
    bench.await(() -> assertThat(streams.snapshots(bench.stream())).containsExactly(5L, 10L));
    bench.stop();
    bench.start();
    assertThat(((Outcome.Found) bench.ask(bench.get(MapBench.key(3))).getFirst()).version())
        .isEqualTo(9);
    assertThat(((Outcome.Written) bench.ask(MapModel.set("new", "1")).getFirst()).version())
        .isEqualTo(13);
  }

  @Test
  void aSnapshotWaitsUntilAsManyEventsCameAsItHasChanges() {
    MapBench bench = new MapBench(kit, "atoll.map.snapshot-every = 5");
    KitMapJournal streams = new KitMapJournal(bench.journal);
    over(streams, bench).start();
    bench.ask(
        IntStream.range(0, 12)
            .mapToObj(i -> MapModel.set(MapBench.key(i), "1"))
            .toArray(Operation.OnMap[]::new));
    for (int i = 0; i < 12; i++) {
      bench.ask(MapModel.set(MapBench.key(i), "2"));
    }
    bench.await(() -> assertThat(streams.snapshots(bench.stream())).containsExactly(12L));
  }

  @Test
  void aWriteThatFailsIsSaidToBeUnknownAndEndsTheMap() {
    MapBench bench = new MapBench(kit, "");
    KitMapJournal streams = new KitMapJournal(bench.journal);
    over(streams, bench).start();
    bench.ask(MapModel.set("before", "1"));
    streams.fail();
    Outcome outcome = bench.ask(MapModel.set("after", "2")).getFirst();
    assertThat(((Outcome.Refused) outcome).refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(bench.report(MapReport.Failed.class).reason())
        .isEqualTo("its stream cannot be read or written");
    bench.map.tell(new MapCommand.Stop());
    bench.tenant.expectTerminated(bench.map);
  }

  @Test
  void aSecondWriterOfAStreamFailsAndWritesNothing() {
    MapBench bench = new MapBench(kit, "");
    over(new KitMapJournal(bench.journal), bench).start();
    bench.ask(MapModel.set("mine", "1"));
    bench.journal.persistForRecovery(
        bench.stream(), bench.events().subList(0, 1).stream().map(Object.class::cast).toList());
    bench.send(1, MapModel.set("mine", "2"));
    bench.report(MapReport.Failed.class);
    assertThat(bench.events()).hasSize(2);
  }

  private static MapBench over(KitMapJournal streams, MapBench bench) {
    bench.streams = Optional.of(streams);
    return bench;
  }
}
