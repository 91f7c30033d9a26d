package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.PageStore.PageBytes;
import io.atoll.map.UnrulyPageStore.Call;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a map owes its pages and its clients when things happen at an awkward moment. */
class MapActorCrashTest {
  private static final ActorTestKit kit = MapBench.system();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void tidyingUpAfterACheckpointSparesThePagesOfTheNext() {
    MapBench bench = MapBench.started(kit, "");
    bench.store.pages.write(bench.stream(), List.of(new PageBytes(7, new byte[] {1})));
    bench.store.hold(Call.DELETE);
    bench.fill(0, 100);
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));
    bench.fill(100, 300);
    bench.store.release();
    bench.fill(300, 400);
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isGreaterThan(2));
    assertThat(bench.store.pages.stored(bench.stream())).doesNotContain(7L);

    bench.stop();
    bench.start();
    assertThat(scanned(bench.ask(bench.scan("", 1_000)))).hasSize(400);
  }

  @Test
  void pagesStayUntilTheCheckpointThatReplacesThemIsDurable() {
    MapBench bench = MapBench.started(kit, "atoll.map.page-grace = 0 s");
    bench.fill(0, 50);
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isEqualTo(1));
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    bench.journal.withPolicy((_, operation) -> {
      if (operation instanceof WriteEvents write
          && write.getBatch().getFirst() instanceof MapEvent.Checkpointed) {
        reached.countDown();
        awaitUninterruptibly(goOn);
      }
      return ProcessingSuccess.getInstance();
    });
    try {
      bench.send(1, MapModel.set("a", "\"" + "v".repeat(5_000) + "\""));
      awaitUninterruptibly(reached);
      Set<Long> before = bench.store.pages.stored(bench.stream());
      bench.map.tell(new MapSignal.Tick());
      bench.map.tell(new MapCommand.CollectUsage());
      bench.report(MapReport.Metered.class);

      assertThat(bench.store.pages.stored(bench.stream())).isEqualTo(before);
    } finally {
      goOn.countDown();
      bench.journal.resetPolicy();
    }
    bench.await(() -> {
      bench.map.tell(new MapSignal.Tick());
      MapEvent.Checkpointed last = (MapEvent.Checkpointed) bench.events().getLast();
      assertThat(bench.store.pages.stored(bench.stream()))
          .hasSameElementsAs(
              last.manifest().pages().stream().map(Manifest.PageReference::number).toList());
    });
  }

  @Test
  void askingTwiceToClearClearsOnce() {
    MapBench bench = MapBench.started(kit, "");
    bench.map.tell(new MapCommand.Clear(1));
    bench.send(1, MapModel.set("a", "1"));
    bench.map.tell(new MapCommand.Clear(1));
    bench.client.receiveMessage();

    assertThat(bench.report(MapReport.Cleared.class).generation()).isEqualTo(1);
    assertThat(bench.report(MapReport.Cleared.class).generation()).isEqualTo(1);
    assertThat(scanned(bench.ask(bench.scan("", 10)))).hasSize(1);
    assertThat(bench.count(MapEvent.Cleared.class)).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetBackBringsNoExpiredEntryBack() {
    MapBench bench = MapBench.started(kit, "");
    bench.ask(MapModel.setFor("a", "1", 5_000));
    bench.time.advance(Duration.ofSeconds(6));
    bench.ask(MapModel.set("b", "1"));
    bench.time.setEpochMillis(bench.time.epochMillis() - 6_000);

    assertThat(bench.ask(bench.get("a")).getFirst()).isInstanceOf(Outcome.Refused.class);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static List<Outcome.Item> scanned(List<Outcome> outcomes) {
    return ((Outcome.Scanned) outcomes.getFirst()).items();
  }
}
