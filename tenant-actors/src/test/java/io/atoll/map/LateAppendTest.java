package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.atoll.usage.UsageBucket;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps whose recovery finds an append that was in doubt when their streams were metered. */
class LateAppendTest {
  private static final ActorTestKit kit = MapBench.system();

  private final MapBench bench = new MapBench(kit, "");

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsMeteredAndHeldOnce(boolean straight) {
    bench.streams = straight ? Optional.of(new KitMapJournal(bench.journal)) : Optional.empty();
    bench.metered = MeteredTo.NOTHING;
    bench.start();
    bench.ask(MapModel.set("a", "1"));
    bench.ask(MapModel.set("b", "234"), MapModel.set("c", "5"));
    bench.stop();

    MapEvent first = bench.events().getFirst();
    MapEvent late = bench.events().getLast();
    bench.account.restore(
        first.entries() - bench.account.entries(), first.bytes() - bench.account.bytes());
    bench.metered = new MeteredTo(1, first.entries(), first.bytes());
    bench.start();
    MapReport.Metered found = collect();

    assertThat(found.minutes())
        .extracting(UsageBucket::writeOps, UsageBucket::storageDelta)
        .containsExactly(tuple(2L, late.bytes() - first.bytes()));
    assertThat(found.sequenceNr()).isEqualTo(2);
    assertHeld(late);

    bench.metered = new MeteredTo(found.sequenceNr(), found.entries(), found.bytes());
    bench.stop();
    bench.start();
    assertThat(collect().minutes()).isEmpty();
    assertHeld(late);
  }

  @Test
  void oneThatASnapshotHidesIsMeteredByAnotherReadingOfTheStream() {
    MapBench snapshots = new MapBench(kit, "atoll.map.snapshot-every = 5");
    KitMapJournal streams = new KitMapJournal(snapshots.journal);
    snapshots.streams = Optional.of(streams);
    snapshots.start();
    for (int i = 0; i < 5; i++) {
      snapshots.ask(MapModel.set("a", "1"));
    }
    snapshots.await(() -> assertThat(streams.snapshots(snapshots.stream())).containsExactly(5L));
    snapshots.stop();
    long held = snapshots.account.bytes();

    snapshots.metered = new MeteredTo(4, 1, 0);
    snapshots.start();
    assertThat(snapshots.report(MapReport.Failed.class).reason())
        .isEqualTo("its stream went on after it was metered");
    assertThat(snapshots.account.bytes()).isEqualTo(held);
    snapshots.map.tell(new MapCommand.Stop());
    snapshots.tenant.expectTerminated(snapshots.map);
  }

  private MapReport.Metered collect() {
    bench.map.tell(new MapCommand.CollectUsage());
    return bench.report(MapReport.Metered.class);
  }

  private void assertHeld(MapEvent last) {
    assertThat(bench.account.entries()).isEqualTo(last.entries());
    assertThat(bench.account.bytes()).isEqualTo(last.bytes());
  }
}
