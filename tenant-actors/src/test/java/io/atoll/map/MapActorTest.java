package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigFactory;
import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import io.atoll.plan.Tier;
import io.atoll.quota.Account;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.time.ManualTime;
import io.atoll.usage.UsageBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MapActorTest {
  private static final ActorTestKit testKit =
      ActorTestKit.create(
          PersistenceTestKitPlugin.getInstance()
              .config()
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(
                  ConfigFactory.parseString(
                      """
                      atoll.map.read-journal = "pekko.persistence.testkit.query"
                      atoll.map.checkpoint-minimum-bytes = 4 KiB
                      atoll.map.page-bytes = 1 KiB
                      atoll.map.page-cache-bytes = 1
                      atoll.map.watch-patience = 100 ms
                      """))
              .withFallback(ConfigFactory.load()));

  private static int maps;

  private final PersistenceTestKit journal = PersistenceTestKit.create(testKit.system());
  private final InMemoryPageStore store = new InMemoryPageStore();
  private final InMemoryHistory history = new InMemoryHistory();
  private final ManualTime time = new ManualTime();
  private final TestProbe<MapReport> tenant = testKit.createTestProbe();
  private final TestProbe<OperateReply> client = testKit.createTestProbe();
  private final Account account = new Account(-1, -1);
  private MapIdentity identity = new MapIdentity("acme", 1, "none", 0);
  private ActorRef<MapCommand> map = testKit.system().deadLetters();

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @BeforeEach
  void start() {
    identity = new MapIdentity("acme", 1, "map-" + maps++, 0);
    map = spawn();
  }

  @Test
  void aRequestOfWritesAndReadsIsAnsweredInItsOrder() {
    List<Outcome> outcomes =
        ask(MapModel.set("a", "1"), get("a"), MapModel.set("a", "2", 1), get("a"), get("b"));

    assertThat(outcomes.get(0)).isEqualTo(new Outcome.Written(1, true));
    assertThat(value(outcomes.get(1))).isEqualTo("1");
    assertThat(outcomes.get(2)).isEqualTo(new Outcome.Written(2, false));
    assertThat(value(outcomes.get(3))).isEqualTo("2");
    assertThat(code(outcomes.get(4))).isEqualTo(ErrorCode.KEY_NOT_FOUND);
  }

  @Test
  void writesThatArriveWhileOneIsUnderWayBecomeOneEvent() {
    CountDownLatch allAreSent = new CountDownLatch(1);
    journal.withPolicy((_, operation) -> {
      if (operation instanceof WriteEvents) {
        awaitUninterruptibly(allAreSent);
      }
      return ProcessingSuccess.getInstance();
    });
    for (int i = 0; i < 200; i++) {
      map.tell(apply(i, MapModel.set("k" + i, "1")));
    }
    allAreSent.countDown();
    IntStream.range(0, 200).forEach(_ -> client.receiveMessage());
    journal.resetPolicy();

    List<MapEvent.EntriesChanged> events =
        journal.persistedInStorage(identity.persistenceId()).stream()
            .filter(MapEvent.EntriesChanged.class::isInstance)
            .map(MapEvent.EntriesChanged.class::cast)
            .toList();
    assertThat(events.size()).isLessThan(20);
    assertThat(events.stream().mapToInt(event -> event.changes().size()).sum()).isEqualTo(200);
  }

  @Test
  void everythingIsThereAfterARestart() {
    fill(300);
    restart();

    assertThat(scan("", 1_000)).hasSize(300);
    assertThat(ask(MapModel.set("key-0001", "2")).getFirst())
        .isEqualTo(new Outcome.Written(301, false));
  }

  @Test
  void manyEntriesMoveToPagesAndAreReadBackOneByOne() {
    fill(500);
    awaitPages();

    for (int i = 0; i < 500; i += 50) {
      assertThat(value(ask(get("key-%04d".formatted(i))).getFirst())).contains("value-" + i);
    }
    assertThat(ask(MapModel.set("key-0007", "1", 8)).getFirst())
        .isEqualTo(new Outcome.Written(502, false));
    assertThat(store.reads()).isPositive();
  }

  @Test
  void writesOfOneRequesterKeepTheirOrderOverColdAndHotKeys() {
    fill(500);
    awaitPages();
    ask(MapModel.set("hot", "1"));

    List<Outcome> outcomes = ask(MapModel.set("key-0250", "1"), MapModel.set("hot", "2"));

    assertThat(((Outcome.Written) outcomes.get(0)).version())
        .isLessThan(((Outcome.Written) outcomes.get(1)).version());
  }

  @Test
  void aScanGoesOnWhereThePageBeforeEnded() {
    fill(250);
    List<Key> seen = new ArrayList<>();
    Key after = null;
    do {
      Outcome.Scanned page =
          (Outcome.Scanned)
              ask(new Operation.Scan(identity.map(), Key.of("key-"), after, 100, false)).getFirst();
      page.items().forEach(item -> seen.add(item.key()));
      after = page.next();
    } while (after != null);

    assertThat(seen).hasSize(250).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anEntryThatExpiresIsGoneAtOnceAndItsWatcherIsTold() {
    TestProbe<WatchReply> watcher = watch("", -1);
    ask(MapModel.setFor("a", "1", 5_000));
    assertThat(next(watcher)).extracting(Change::kind).containsExactly(Kind.SET);

    time.advance(Duration.ofSeconds(5));
    assertThat(code(ask(get("a")).getFirst())).isEqualTo(ErrorCode.KEY_NOT_FOUND);
    map.tell(new MapSignal.ExpiryDue());

    assertThat(next(watcher)).containsExactly(new Change(2, Kind.EXPIRE, Key.of("a"), null, 0));
    assertThat(account.entries()).isZero();
  }

  @Test
  void entriesInPagesExpireToo() {
    IntStream.range(0, 200)
        .forEach(i ->
            ask(MapModel.setFor("key-%04d".formatted(i), "\"" + "x".repeat(50) + "\"", 5_000)));
    awaitPages();
    time.advance(Duration.ofSeconds(5));
    map.tell(new MapSignal.ExpiryDue());

    testKit
        .createTestProbe()
        .awaitAssert(() -> {
          map.tell(new MapSignal.ExpiryDue());
          assertThat(account.entries()).isEqualTo(1);
          return null;
        });
    assertThat(scan("", 1_000)).hasSize(1);
  }

  @Test
  void aWatcherIsToldEveryChangeThatMatchesInOrder() {
    TestProbe<WatchReply> watcher = watch("u", -1);
    ask(MapModel.set("u1", "1"), MapModel.set("x", "1"), MapModel.delete("u1"));

    assertThat(next(watcher))
        .extracting(Change::seq, Change::kind)
        .containsExactly(tuple(1L, Kind.SET), tuple(3L, Kind.DELETE));
  }

  @Test
  void aWatcherThatComesBackMissesNothing() {
    fill(1_000);
    TestProbe<WatchReply> watcher = watch("", 400);

    List<Change> changes = new ArrayList<>();
    while (changes.size() < 600) {
      changes.addAll(next(watcher));
    }
    assertThat(changes)
        .extracting(Change::seq)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(401, 1_000).mapToObj(i -> (long) i).toList());
    ask(MapModel.set("more", "1"));
    assertThat(next(watcher)).extracting(Change::seq).containsExactly(1_001L);
  }

  @Test
  void aWatcherWhoseHistoryIsGoneStartsAgainFromThePresentEntries() {
    ask(MapModel.set("a", "1"));
    TestProbe<WatchReply> watcher = watch("", 99);

    assertThat(next(watcher)).extracting(Change::kind).containsExactly(Kind.RESET, Kind.SET);
  }

  @Test
  void aWatcherThatDoesNotReadIsEnded() {
    TestProbe<WatchReply> watcher = testKit.createTestProbe();
    map.tell(new MapCommand.OpenWatch(7, Key.of(""), -1, watcher.getRef()));
    assertThat(watcher.receiveMessage()).isInstanceOf(WatchReply.Started.class);
    String value = "\"" + "x".repeat(500_000) + "\"";
    IntStream.range(0, 20).forEach(_ -> ask(MapModel.set("a", value)));

    assertThat(watcher.receiveMessage()).isInstanceOf(WatchReply.Changes.class);
    assertThat(watcher.receiveMessage())
        .isEqualTo(new WatchReply.Ended(7, WatchReply.Reason.SLOW_CONSUMER, null));
  }

  @Test
  void aMapThatIsClearedIsEmptyAndGoesOnNumbering() {
    fill(200);
    TestProbe<WatchReply> watcher = watch("", -1);
    map.tell(new MapCommand.Clear(1));

    assertThat(report(MapReport.Cleared.class).generation()).isEqualTo(1);
    assertThat(next(watcher)).containsExactly(new Change(201, Kind.CLEAR, null, null, 0));
    assertThat(account.entries()).isZero();
    assertThat(scan("", 10)).isEmpty();
    assertThat(ask(MapModel.set("a", "1")).getFirst()).isEqualTo(new Outcome.Written(202, true));
    map.tell(new MapCommand.Clear(1));
    assertThat(report(MapReport.Cleared.class).generation()).isEqualTo(1);
    assertThat(scan("", 10)).hasSize(1);
  }

  @Test
  void aMapThatWasDroppedBeforeItCouldBeClearedIsClearedBeforeItServes() {
    fill(10);
    stopMap();
    identity = new MapIdentity("acme", 1, identity.map(), 3);
    map = spawn();

    assertThat(scan("", 10)).isEmpty();
    assertThat(report(MapReport.Cleared.class).generation()).isEqualTo(3);
  }

  @Test
  void whatIsMeteredLiveIsWhatTheStreamMeters() {
    ask(MapModel.set("a", "12"), MapModel.set("b", "3"));
    ask(MapModel.delete("a"));
    time.advance(Duration.ofMinutes(1));
    map.tell(new MapCommand.Clear(2));
    assertThat(report(MapReport.Cleared.class).generation()).isEqualTo(2);
    ask(MapModel.set("c", "1"));
    map.tell(new MapCommand.CollectUsage());
    MapReport.Metered live = report(MapReport.Metered.class);

    MeteredEvents replayed = new MeteredEvents(MeteredTo.NOTHING);
    List<Object> events = journal.persistedInStorage(identity.persistenceId());
    for (int i = 0; i < events.size(); i++) {
      replayed.add(i + 1, (MapEvent) events.get(i));
    }
    assertThat(replayed.report(identity.map())).isEqualTo(live);
    assertThat(live.minutes()).extracting(UsageBucket::writeOps).containsExactly(3L, 3L);
    assertThat(live.entries()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsGivenAgainMetersAsAReadAndNoBytes() {
    Operation.Set write = MapModel.once(MapModel.set("a", "1"), "once", "print");
    assertThat(ask(write)).isEqualTo(ask(write));
    assertThat(code(ask(MapModel.once(write, "once", "another")).getFirst()))
        .isEqualTo(ErrorCode.CONFLICT);
    map.tell(new MapCommand.CollectUsage());

    assertThat(report(MapReport.Metered.class).minutes())
        .extracting(UsageBucket::readOps, UsageBucket::writeOps, UsageBucket::bytesIn)
        .containsExactly(tuple(1L, 2L, 2 * write.bytesIn()));
  }

  @Test
  void usageIsReportedOnce() {
    ask(MapModel.set("a", "1"), get("a"));
    map.tell(new MapCommand.CollectUsage());
    map.tell(new MapCommand.CollectUsage());

    assertThat(report(MapReport.Metered.class).minutes())
        .extracting(UsageBucket::readOps)
        .containsExactly(1L);
    assertThat(report(MapReport.Metered.class).minutes()).isEmpty();
  }

  @Test
  void aMapThatIsToldToStopFinishesWhatIsUnderWayAndReports() {
    map.tell(apply(1, MapModel.set("a", "1")));
    map.tell(new MapCommand.Stop());

    assertThat(client.receiveMessage()).isInstanceOf(OperateReply.Outcomes.class);
    assertThat(report(MapReport.Metered.class).entries()).isEqualTo(1);
    tenant.expectTerminated(map);
  }

  @Test
  void aWriteThatCannotBeStoredIsSaidToBeUnknownAndStopsTheMap() {
    journal.failNextPersisted(identity.persistenceId());

    assertThat(code(ask(MapModel.set("a", "1")).getFirst())).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(report(MapReport.Failed.class).map()).isEqualTo(identity.map());
    assertThat(code(ask(get("a")).getFirst())).isEqualTo(ErrorCode.UNAVAILABLE);
    map.tell(new MapCommand.Stop());
    tenant.expectTerminated(map);
  }

  @Test
  void growthIsReservedFromTheTenantsAccount() {
    account.limits(2, -1);
    List<Outcome> outcomes =
        ask(MapModel.set("a", "1"), MapModel.set("b", "1"), MapModel.set("c", "1"));

    assertThat(code(outcomes.get(2))).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
    assertThat(report(MapReport.CapReached.class).map()).isEqualTo(identity.map());
    map.tell(new MapCommand.CollectUsage());
    assertThat(report(MapReport.Metered.class).minutes())
        .extracting(UsageBucket::writeOps, UsageBucket::rejectedOps)
        .containsExactly(tuple(2L, 1L));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private ActorRef<MapCommand> spawn() {
    ActorRef<MapCommand> spawned =
        testKit.spawn(
            MapActor.create(
                new MapEnvironment(
                    MapSettings.from(testKit.system().settings().config()),
                    time,
                    store,
                    new PageCache(1),
                    history),
                identity,
                account,
                MapBench.METERED,
                tenant.getRef()::tell,
                -1));
    return spawned;
  }

  private void restart() {
    stopMap();
    map = spawn();
  }

  private void stopMap() {
    map.tell(new MapCommand.Stop());
    report(MapReport.Metered.class);
    tenant.expectTerminated(map);
  }

  private void fill(int entries) {
    Operation.OnMap[] sets =
        IntStream.range(0, entries)
            .mapToObj(i -> MapModel.set("key-%04d".formatted(i), "\"value-" + i + "\""))
            .toArray(Operation.OnMap[]::new);
    for (int from = 0; from < entries; from += 50) {
      ask(Arrays.copyOfRange(sets, from, Math.min(entries, from + 50)));
    }
  }

  private void awaitPages() {
    testKit
        .createTestProbe()
        .awaitAssert(() -> {
          assertThat(journal.persistedInStorage(identity.persistenceId()))
              .hasAtLeastOneElementOfType(MapEvent.Checkpointed.class);
          return null;
        });
    ask(MapModel.set("behind", "1"));
  }

  private List<Outcome> ask(Operation.OnMap... operations) {
    map.tell(apply(1, operations));
    Outcome[] outcomes = new Outcome[operations.length];
    int answered = 0;
    while (answered < operations.length) {
      OperateReply.Outcomes reply = (OperateReply.Outcomes) client.receiveMessage();
      assertThat(reply.tenantId()).isEqualTo("acme");
      for (int i = 0; i < reply.outcomes().size(); i++) {
        assertThat(outcomes[reply.positions()[i]]).isNull();
        outcomes[reply.positions()[i]] = reply.outcomes().get(i);
        answered++;
      }
    }
    return List.of(outcomes);
  }

  private MapCommand.Apply apply(long correlation, Operation.OnMap... operations) {
    return new MapCommand.Apply(
        correlation,
        IntStream.range(0, operations.length).toArray(),
        List.of(operations),
        Tier.A,
        new RateStatus(-1, -1, -1, 0),
        client.getRef());
  }

  private List<Outcome.Item> scan(String prefix, int limit) {
    return ((Outcome.Scanned)
            ask(new Operation.Scan(identity.map(), Key.of(prefix), null, limit, true)).getFirst())
        .items();
  }

  private TestProbe<WatchReply> watch(String prefix, long since) {
    TestProbe<WatchReply> watcher = testKit.createTestProbe();
    map.tell(new MapCommand.OpenWatch(5, Key.of(prefix), since, watcher.getRef()));
    feed = ((WatchReply.Started) watcher.receiveMessage()).feed();
    return watcher;
  }

  private ActorRef<WatchSignal> feed = testKit.system().deadLetters();

  private List<Change> next(TestProbe<WatchReply> watcher) {
    WatchReply.Changes changes = (WatchReply.Changes) watcher.receiveMessage();
    feed.tell(WatchSignal.READY);
    return changes.changes();
  }

  private <T extends MapReport> T report(Class<T> type) {
    return tenant.expectMessageClass(type);
  }

  private static Operation.Get get(String key) {
    return new Operation.Get("users", Key.of(key));
  }

  private static String value(Outcome outcome) {
    return new String(((Outcome.Found) outcome).value(), UTF_8);
  }

  private static ErrorCode code(Outcome outcome) {
    return ((Outcome.Refused) outcome).refusal().code();
  }
}
