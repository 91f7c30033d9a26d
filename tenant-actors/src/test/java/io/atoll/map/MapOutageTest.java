package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.UnrulyPageStore.Call;
import io.atoll.refusal.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.ReadEvents;
import org.apache.pekko.persistence.testkit.StorageFailure;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a map says when it has to stop, and what it does while its store does not answer. */
class MapOutageTest {
  private static final ActorTestKit kit = MapBench.system();

  @AfterEach
  void writeAgain() {
    PersistenceTestKit.create(kit.system()).resetPolicy();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void whateverAMapHoldsThatFailsIsAnsweredAtOnce() {
    MapBench bench = MapBench.started(kit, "");
    bench.ask(MapModel.set("a", "1"));
    Held held = new Held(bench, WriteEvents.class);
    bench.send(1, MapModel.set("a", "2"));
    held.await();
    bench.send(2, bench.get("a"), MapModel.set("b", "2"));
    bench.send(3, bench.scan("", 10));
    bench.map.tell(new MapCommand.CollectUsage());
    bench.report(MapReport.Metered.class);
    held.fail();
    assertThat(List.of(refusals(bench, 1), refusals(bench, 2), refusals(bench, 1)))
        .allSatisfy(each -> assertThat(each).containsOnly(ErrorCode.UNAVAILABLE));
    bench.map.tell(new MapCommand.Stop());
    bench.tenant.expectTerminated(bench.map);
  }

  @Test
  void aReadThatWaitsForAPageIsAnsweredWhenTheMapEnds() {
    MapBench bench = withPages();
    bench.store.hold(Call.READ);
    bench.send(1, bench.get(MapBench.key(1)));
    bench.send(2, bench.scan("", 10));
    bench.map.tell(new MapCommand.CollectUsage());
    bench.report(MapReport.Metered.class);
    assertThat(bench.store.waiting()).isPositive();
    bench.kill();
    assertThat(refusals(bench, 1)).containsOnly(ErrorCode.UNAVAILABLE);
    assertThat(refusals(bench, 1)).containsOnly(ErrorCode.UNAVAILABLE);
    bench.store.release();
  }

  @Test
  void whatWaitsForAMapThatCannotBeRecoveredIsAnswered() {
    MapBench bench = new MapBench(kit, "");
    bench.journal.failNextRead(bench.stream());
    bench.start();
    bench.send(1, bench.get("a"), MapModel.set("a", "1"));
    TestProbe<WatchReply> watcher = kit.createTestProbe();
    bench.map.tell(new MapCommand.OpenWatch(7, Key.of(""), -1, watcher.ref()));
    assertThat(refusals(bench, 2)).containsOnly(ErrorCode.UNAVAILABLE);
    assertThat(watcher.receiveMessage())
        .isEqualTo(new WatchReply.Ended(7, WatchReply.Reason.REFUSED, Answers.CANNOT_ANSWER));
  }

  @Test
  void aMapThatCannotBeRecoveredStopsIfItWasToldToMeanwhile() {
    MapBench bench = MapBench.started(kit, "");
    bench.ask(MapModel.set("a", "1"));
    bench.stop();
    Held held = new Held(bench, ReadEvents.class);
    bench.start();
    bench.map.tell(new MapCommand.Stop());
    held.await();
    held.fail();
    bench.report(MapReport.Failed.class);
    bench.tenant.expectTerminated(bench.map);
  }

  @Test
  void whileTheStoreIsDownWritesAreRefusedAndReadsGoOn() {
    MapBench bench = MapBench.started(kit, "");
    bench.ask(MapModel.set("a", "1"));
    bench.storeState.set(StoreState.DOWN);
    assertThat(code(bench.ask(MapModel.set("a", "2")))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(value(bench.ask(bench.get("a")))).isEqualTo("1");
    bench.storeState.set(StoreState.LOST);
    assertThat(code(bench.ask(bench.get("a")))).isEqualTo(ErrorCode.UNAVAILABLE);
    bench.storeState.set(StoreState.UP);
    assertThat(bench.ask(MapModel.set("a", "3"))).containsExactly(new Outcome.Written(2, false));
    assertThat(bench.count(MapEvent.EntriesChanged.class)).isEqualTo(2);
    bench.stop();
  }

  @Test
  void aMapWhoseLastWriteIsInDoubtReadsOnAndStartsAgainWhenTheStoreAnswers() {
    MapBench bench = MapBench.started(kit, "");
    bench.ask(MapModel.set("a", "1"));
    Held held = new Held(bench, WriteEvents.class);
    bench.send(1, MapModel.set("a", "2"));
    bench.send(2, bench.get("a"));
    held.await();
    bench.map.tell(new MapCommand.CollectUsage());
    bench.report(MapReport.Metered.class);
    bench.storeState.set(StoreState.DOWN);
    held.fail();
    assertThat(refusals(bench, 1)).containsOnly(ErrorCode.UNAVAILABLE);
    assertThat(refusals(bench, 1)).containsOnly(ErrorCode.UNAVAILABLE);

    assertThat(value(bench.ask(bench.get("a")))).isEqualTo("1");
    assertThat(code(bench.ask(MapModel.set("a", "3")))).isEqualTo(ErrorCode.UNAVAILABLE);
    bench.storeState.set(StoreState.UP);
    assertThat(code(bench.ask(MapModel.set("a", "4")))).isEqualTo(ErrorCode.UNAVAILABLE);
    bench.report(MapReport.Failed.class);
    bench.map.tell(new MapCommand.Stop());
    bench.tenant.expectTerminated(bench.map);
  }

  @Test
  void aMapWhoseLastWriteIsInDoubtIsNotIdle() {
    MapBench bench = MapBench.started(kit, "atoll.map.idle-after = 20 ms");
    bench.ask(MapModel.set("a", "1"));
    Held held = new Held(bench, WriteEvents.class);
    bench.send(1, MapModel.set("a", "2"));
    held.await();
    bench.storeState.set(StoreState.DOWN);
    held.fail();
    assertThat(refusals(bench, 1)).containsOnly(ErrorCode.UNAVAILABLE);
    bench.time.advance(Duration.ofSeconds(1));

    bench.tenant.expectNoMessage(Duration.ofMillis(200));
    bench.storeState.set(StoreState.UP);
    assertThat(bench.tenant.receiveMessage()).isInstanceOf(MapReport.Failed.class);
    bench.map.tell(new MapCommand.Stop());
    bench.tenant.expectTerminated(bench.map);
  }

  @Test
  void aPageThatCannotBeReadWhileTheStoreIsDownIsMissedByItsReadersOnly() {
    MapBench bench = withPages();
    bench.storeState.set(StoreState.DOWN);
    bench.store.fail(Call.READ);
    assertThat(code(bench.ask(bench.get(MapBench.key(1))))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(value(bench.ask(bench.get("last")))).isEqualTo("1");
    bench.store.fail();
    bench.storeState.set(StoreState.UP);
    assertThat(bench.ask(bench.get(MapBench.key(1))).getFirst()).isInstanceOf(Outcome.Found.class);
    bench.stop();
  }

  @Test
  void aWriteThatWaitsForAPageIsAnsweredWhenTheStoreGoesDown() {
    MapBench bench = withPages();
    bench.store.hold(Call.READ);
    bench.send(1, MapModel.set(MapBench.key(1), "2"));
    bench.await(() -> assertThat(bench.store.waiting()).isPositive());
    bench.storeState.set(StoreState.DOWN);
    bench.store.release();
    assertThat(refusals(bench, 1)).containsOnly(ErrorCode.UNAVAILABLE);
    bench.storeState.set(StoreState.UP);
    assertThat(bench.ask(MapModel.set(MapBench.key(1), "3")).getFirst())
        .isInstanceOf(Outcome.Written.class);
    bench.stop();
  }

  /**
   * A map with a checkpoint behind it, and one entry that is not in it. What is written before it
   * is one event: two would leave enough for a checkpoint more, which could take that entry.
   */
  private static MapBench withPages() {
    MapBench bench = MapBench.started(kit, "");
    bench.fill(0, 50);
    bench.await(() -> assertThat(bench.count(MapEvent.Checkpointed.class)).isPositive());
    bench.stop();
    bench.start();
    bench.ask(MapModel.set("last", "1"));
    return bench;
  }

  /** A journal in which a write waits, and then fails. */
  private static final class Held {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    Held(MapBench bench, Class<?> operations) {
      bench.journal.withPolicy((_, operation) -> {
        if (operations.isInstance(operation)) {
          reached.countDown();
          awaitUninterruptibly(goOn);
          return new StorageFailure(new IllegalStateException("cut off"));
        }
        return ProcessingSuccess.getInstance();
      });
    }

    void await() {
      awaitUninterruptibly(reached);
    }

    void fail() {
      goOn.countDown();
    }
  }

  /** What the next answer refuses; it has so many outcomes. */
  private static List<ErrorCode> refusals(MapBench bench, int count) {
    OperateReply.Outcomes reply = (OperateReply.Outcomes) bench.client.receiveMessage();
    assertThat(reply.outcomes()).hasSize(count);
    return reply.outcomes().stream().map(MapOutageTest::code).toList();
  }

  private static ErrorCode code(List<Outcome> outcomes) {
    return code(outcomes.getFirst());
  }

  private static ErrorCode code(Outcome outcome) {
    return ((Outcome.Refused) outcome).refusal().code();
  }

  private static String value(List<Outcome> outcomes) {
    return new String(((Outcome.Found) outcomes.getFirst()).value(), UTF_8);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
