package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.UnrulyPageStore.Call;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Requests on one map are applied in the order sent, whatever is in memory. */
class MapOrderTest {
  private static final ActorTestKit kit = MapBench.system();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aColdReadDoesNotSeeWhatWasSentAfterIt() {
    MapBench bench = MapBench.started(kit, "");
    bench.fill(0, 50);
    awaitPages(bench);
    bench.store.hold(Call.READ);
    bench.send(1, bench.get(MapBench.key(7)));
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));
    bench.map.tell(new MapCommand.Clear(1));
    bench.report(MapReport.Cleared.class);
    bench.store.release();

    OperateReply.Outcomes reply = (OperateReply.Outcomes) bench.client.receiveMessage();
    assertThat(reply.outcomes().getFirst()).isInstanceOf(Outcome.Found.class);
  }

  @Test
  void aWriteIsNotKeptWaitingByWhatArrivesAfterIt() {
    MapBench bench = MapBench.started(kit, "");
    bench.fill(0, 50);
    awaitPages(bench);
    bench.store.hold(Call.READ);
    bench.send(1, MapModel.set(MapBench.key(0), "1"));
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));
    bench.send(2, MapModel.set(MapBench.key(49), "2"));
    bench.map.tell(new MapCommand.CollectUsage());
    bench.report(MapReport.Metered.class);
    bench.store.letOneGo();

    assertThat(((OperateReply.Outcomes) bench.client.receiveMessage()).correlation()).isEqualTo(1);
    bench.store.release();
    assertThat(((OperateReply.Outcomes) bench.client.receiveMessage()).correlation()).isEqualTo(2);
  }

  @Test
  void onlySomePagesAreReadAtTheSameTime() {
    MapBench bench = MapBench.started(kit, "");
    bench.fill(0, 1_000);
    awaitPages(bench);
    bench.store.delay(() -> 500);
    bench.ask(
        IntStream.range(0, 1_000)
            .mapToObj(i -> bench.get(MapBench.key(i)))
            .toArray(Operation.OnMap[]::new));
    bench.ask(
        IntStream.range(0, 1_000)
            .mapToObj(i -> MapModel.set(MapBench.key(i), "1"))
            .toArray(Operation.OnMap[]::new));

    assertThat(bench.store.mostReading()).isBetween(2, 64);
  }

  /** Waits for a checkpoint; a write behind it shows that the map itself has taken it in. */
  private static void awaitPages(MapBench bench) {
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isPositive());
    bench.ask(MapModel.set("behind", "1"));
  }
}
