package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.UnrulyPageStore.Call;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When scans ask for the pages to come. No page stays in memory between them. */
class MapReadAheadTest {
  private static final ActorTestKit kit = MapBench.system();

  private final MapBench bench = MapBench.started(kit, "");
  private int inFirstPage;

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void fillPages() {
    bench.fill(0, 400);
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isPositive());
    bench.stop();
    bench.start();
    bench.ask(bench.scan("", 1));
    inFirstPage = firstPage();
    bench.store.hold(Call.READ);
  }

  /** How many entries the first page has: keys are numbered from 0, and none is missing. */
  private int firstPage() {
    MapEvent.Checkpointed last =
        (MapEvent.Checkpointed)
            bench.events().reversed().stream()
                .filter(MapEvent.Checkpointed.class::isInstance)
                .findFirst()
                .orElseThrow();
    String second = last.manifest().pages().get(1).firstKey().toString();
    return IntStream.range(0, 400)
        .filter(i -> MapBench.key(i).equals(second))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aLongScanReadsAPageWhileItWaitsForTheOneBefore() {
    bench.send(1, bench.scan("", 300));
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));

    bench.store.letOneGo();

    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(2));
  }

  @Test
  void theAnswerOfAScanAsksForThePageWhereTheNextOneGoesOn() {
    bench.send(1, bench.scan("", inFirstPage - 1));
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));

    bench.store.letOneGo();

    expectItems(inFirstPage - 1);
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));
  }

  @Test
  void aShortScanReadsNoFurtherPage() {
    bench.send(1, bench.scan("", 2));
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));

    bench.store.letOneGo();

    expectItems(2);
    expectNoReads();
  }

  @Test
  void noPageIsReadBeyondThePrefix() {
    bench.send(1, bench.scan(MapBench.key(0), 300));
    bench.await(() -> assertThat(bench.store.waiting()).isEqualTo(1));

    bench.store.letOneGo();

    expectItems(1);
    expectNoReads();
  }

  private void expectItems(int count) {
    OperateReply.Outcomes reply = (OperateReply.Outcomes) bench.client.receiveMessage();
    assertThat(((Outcome.Scanned) reply.outcomes().getFirst()).items()).hasSize(count);
  }

  /** The map has done what it does by itself once it has answered something else. */
  private void expectNoReads() {
    bench.map.tell(new MapCommand.CollectUsage());
    bench.report(MapReport.Metered.class);
    assertThat(bench.store.waiting()).isZero();
  }
}
