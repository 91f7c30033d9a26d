package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Watchers of a map that is written faster than what may wait for them. */
class WatchCatchUpTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final ActorTestKit kit = MapBench.system();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aReaderThatKeepsUpCatchesUpWithAMapThatIsWrittenAllTheWhile() {
    MapBench bench = MapBench.started(kit, "atoll.map.watch-changes = 20");
    bench.fill(0, 1_000);
    Watcher watcher = Watcher.open(kit, bench.map, "", 100, 1);
    for (int round = 0; round < 100; round++) {
      bench.fill(0, 100);
    }

    bench.await(() -> assertThat(watcher.changes()).hasSize(10_900));
    assertThat(watcher.changes())
        .extracting(Change::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(101, 11_000).boxed().toList());
    assertThat(watcher.ended()).isEmpty();
  }

  @Test
  void aReaderThatFellBehindIsToldAllInOrderAndIsLiveAgain() {
    MapBench bench =
        MapBench.started(kit, "atoll.map.watch-changes = 20, atoll.map.watch-patience = 1 h");
    TestProbe<WatchReply> slow = kit.createTestProbe();
    ActorRef<WatchSignal> feed = open(bench, slow, -1);
    bench.fill(0, 500);

    List<Long> told = new ArrayList<>();
    while (told.size() < 500) {
      told.addAll(next(slow));
      feed.tell(WatchSignal.READY);
    }
    assertThat(told).isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
    bench.fill(0, 1);
    assertThat(next(slow)).containsExactly(501L);
  }

  @Test
  void aWriteThatIsLargerThanTheRoomIsToldAllTheSame() {
    MapBench bench = MapBench.started(kit, "atoll.map.watch-bytes = 1");
    Watcher watcher = Watcher.open(kit, bench.map, "", -1, 1);
    bench.fill(0, 50);

    bench.await(() -> assertThat(watcher.changes()).hasSize(50));
    assertThat(watcher.ended()).isEmpty();
  }

  @Test
  void onlyAReaderThatTakesNothingIsEnded() {
    MapBench bench =
        MapBench.started(kit, "atoll.map.watch-changes = 20, atoll.map.watch-patience = 300 ms");
    TestProbe<WatchReply> stuck = kit.createTestProbe();
    open(bench, stuck, -1);
    Watcher reading = Watcher.open(kit, bench.map, "", -1, 1);
    bench.fill(0, 200);

    assertThat(next(stuck)).isNotEmpty();
    assertThat(stuck.expectMessageClass(WatchReply.Ended.class, BOUND).reason())
        .isEqualTo(Reason.SLOW_CONSUMER);
    bench.await(() -> assertThat(reading.changes()).hasSize(200));
    assertThat(reading.ended()).isEmpty();
  }

  @Test
  void aReaderForWhichLittleWaitsMayTakeItsTime() {
    MapBench bench = MapBench.started(kit, "atoll.map.watch-patience = 10 ms");
    TestProbe<WatchReply> resting = kit.createTestProbe();
    ActorRef<WatchSignal> feed = open(bench, resting, -1);
    bench.fill(0, 200);

    List<Long> told = new ArrayList<>(next(resting));
    resting.expectNoMessage(Duration.ofMillis(100));
    while (told.size() < 200) {
      feed.tell(WatchSignal.READY);
      told.addAll(next(resting));
    }
    assertThat(told).isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
  }

  private static ActorRef<WatchSignal> open(
      MapBench bench, TestProbe<WatchReply> watcher, long since) {
    bench.map.tell(new MapCommand.OpenWatch(1, Key.of(""), since, watcher.getRef()));
    return watcher.expectMessageClass(WatchReply.Started.class, BOUND).feed();
  }

  private static List<Long> next(TestProbe<WatchReply> watcher) {
    return watcher.expectMessageClass(WatchReply.Changes.class, BOUND).changes().stream()
        .map(Change::seq)
        .toList();
  }
}
