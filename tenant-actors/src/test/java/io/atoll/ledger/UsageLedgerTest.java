package io.atoll.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.atoll.ledger.LedgerEvent.MinutesMetered;
import io.atoll.map.Key;
import io.atoll.map.MapEvent;
import io.atoll.map.MapJournal;
import io.atoll.map.StoreState;
import io.atoll.tenant.TenantWorld;
import io.atoll.time.ManualTime;
import io.atoll.usage.InMemoryUsageTable;
import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageLedgerTest {
  private static final long MINUTE = 60_000;
  private static int ledgers;

  private final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final PersistenceTestKit journal = PersistenceTestKit.create(testKit.system());
  private final InMemoryUsageTable table = new InMemoryUsageTable();
  private final ManualTime time = new ManualTime(0, 100 * MINUTE);
  private final TestProbe<LedgerReport> tenant = testKit.createTestProbe();
  private final AtomicReference<StoreState> store = new AtomicReference<>(StoreState.UP);
  private String tenantId = "";
  private ActorRef<LedgerCommand> ledger = testKit.system().deadLetters();

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  @BeforeEach
  void start() {
    tenantId = "ledger-" + ledgers++;
  }

  @Test
  void aLedgerOfNothingIsReadyAtOnceAndWritesNothing() {
    assertThat(spawn()).isEqualTo(new LedgerReport.Ready(List.of()));
    assertThat(events()).isEmpty();
  }

  @Test
  void foldedCountsAreWrittenDownShippedAndRecorded() {
    spawn("m");
    Watermark mark = new Watermark("m", 3, 2, 20);
    ledger.tell(new LedgerCommand.Fold(List.of(writes(100, 2, 20)), mark));

    assertThat(await(LedgerReport.Recorded.class))
        .isEqualTo(new LedgerReport.Recorded(List.of(mark)));
    tenant.awaitAssert(() -> {
      assertThat(table.all(tenantId, 1)).containsExactly(bucket(100, 2, 20, 20));
      return null;
    });
    assertThat(events()).hasSize(1);
  }

  @Test
  void aFoldIsSettledOnceItIsWrittenDownAndShipped() {
    spawn();
    assertThat(await(LedgerReport.Settled.class)).isEqualTo(new LedgerReport.Settled(0));
    table.fail(true);
    ledger.tell(new LedgerCommand.Fold(List.of(writes(100, 2, 20)), null));
    await(LedgerReport.Recorded.class);
    ledger.tell(new LedgerCommand.Fold(List.of(writes(101, 2, 20)), null));
    await(LedgerReport.Recorded.class);
    table.fail(false);

    assertThat(await(LedgerReport.Settled.class)).isEqualTo(new LedgerReport.Settled(2));
    assertThat(table.all(tenantId, 1)).hasSize(2);
  }

  @Test
  void aLedgerThatStartsWithSomethingToShipIsNotSettled() {
    spawn();
    table.fail(true);
    ledger.tell(new LedgerCommand.Fold(List.of(writes(100, 2, 20)), null));
    await(LedgerReport.Recorded.class);
    testKit.stop(ledger);
    spawn();
    ledger.tell(new LedgerCommand.Fold(List.of(writes(101, 2, 20)), null));

    assertThat(tenant.receiveMessage()).isInstanceOf(LedgerReport.Recorded.class);
  }

  @Test
  void aStartMetersWhatMapsWroteAfterTheirWatermarksInTheMinutesItHappened() {
    persistMapEvents("m", changed(98, 3, 30, 2), changed(99, 1, 5, 3));

    LedgerReport ready = spawn("m");

    assertThat(ready).isEqualTo(new LedgerReport.Ready(List.of(new Watermark("m", 2, 3, 35))));
    assertThat(read(Period.MINUTE, 0, 200))
        .containsExactly(bucket(98, 3, 30, 30), bucket(99, 1, 5, 35));
  }

  @Test
  void aRestartMetersNothingTwice() {
    persistMapEvents("m", changed(98, 3, 30, 2));
    spawn("m");
    ledger.tell(new LedgerCommand.Fold(List.of(writes(98, 1, 5)), new Watermark("m", 2, 3, 35)));
    persistMapEvents("m", changed(98, 1, 5, 3));
    await(LedgerReport.Recorded.class);
    for (int i = 0; i < 3; i++) {
      testKit.stop(ledger);
      spawn("m");
    }

    assertThat(read(Period.MINUTE, 0, 200)).containsExactly(bucket(98, 4, 35, 35));
  }

  @Test
  void theSumOfWritesMetersEveryEventOnceHoweverOftenTheLedgerIsKilled() {
    CountedOnce counted = killAtRandom(0);

    assertThat(counted.metered()).isEqualTo(counted.journaled());
  }

  @Test
  void aReportThatIsFoldedTwiceIsCaught() {
    CountedOnce counted = killAtRandom(1);

    assertThat(counted.metered()).isNotEqualTo(counted.journaled());
  }

  @Test
  void unshippedMinutesAreShippedAfterTheTableWorksAgainAndAfterARestart() {
    table.fail(true);
    spawn("m");
    ledger.tell(new LedgerCommand.Fold(List.of(writes(100, 2, 0)), null));
    await(LedgerReport.Recorded.class);
    tenant.awaitAssert(() -> {
      assertThat(table.upserts()).isPositive();
      return null;
    });
    assertThat(table.all(tenantId, 1)).isEmpty();
    testKit.stop(ledger);
    table.fail(false);
    spawn("m");

    tenant.awaitAssert(() -> {
      assertThat(table.all(tenantId, 1)).containsExactly(bucket(100, 2, 0, 0));
      return null;
    });
  }

  @Test
  void whatAnotherNodeMayHaveCountedFurtherIsNotShippedOverIt() {
    table.fail(true);
    spawn("m");
    ledger.tell(new LedgerCommand.Fold(List.of(writes(100, 2, 0)), null));
    await(LedgerReport.Recorded.class);
    store.set(StoreState.LOST);
    ledger.tell(new LedgerCommand.Read(1, Period.MINUTE, 0, MINUTE));
    await(LedgerReport.UsageRead.class);
    table.fail(false);
    ledger.tell(new LedgerCommand.ShipAgain());
    tenant.expectNoMessage(Duration.ofMillis(200));
    assertThat(table.all(tenantId, 1)).isEmpty();

    store.set(StoreState.UP);
    tenant.awaitAssert(() -> {
      assertThat(table.all(tenantId, 1)).containsExactly(bucket(100, 2, 0, 0));
      return null;
    });
  }

  @Test
  void minutesThatAreShippedAndOldLeaveTheLedgerButStayReadable() {
    spawn();
    for (int minute = 100; minute < 160; minute++) {
      ledger.tell(new LedgerCommand.Fold(List.of(writes(minute, 1, 0)), null));
      ledger.tell(new LedgerCommand.Flush());
      await(LedgerReport.Recorded.class);
      int shipped = minute;
      tenant.awaitAssert(() -> {
        assertThat(table.all(tenantId, 1).getLast().minute()).isEqualTo(shipped);
        return null;
      });
      time.advance(Duration.ofMinutes(1));
    }

    assertThat(((MinutesMetered) events().getLast()).closedThrough()).isBetween(140L, 159L);
    assertThat(read(Period.MINUTE, 0, 200)).hasSize(60).allMatch(it -> it.writeOps() == 1);
    assertThat(read(Period.HOUR, 100, 160))
        .extracting(UsageBucket::minute, UsageBucket::writeOps)
        .containsExactly(tuple(60L, 20L), tuple(120L, 40L));
  }

  @Test
  void aTimeThatEndsBeforeItBeginsHasNoUsage() {
    spawn();
    ledger.tell(new LedgerCommand.Fold(List.of(writes(100, 2, 0)), null));

    assertThat(read(Period.MINUTE, 101, 50)).isEmpty();
    assertThat(read(Period.MINUTE, 100, 101)).hasSize(1);
  }

  @Test
  void aTableThatCannotBeReadIsSaid() {
    spawn();
    table.fail(true);
    ledger.tell(new LedgerCommand.Read(7, Period.MINUTE, 0, MINUTE));

    assertThat(await(LedgerReport.UsageRead.class)).isEqualTo(new LedgerReport.UsageRead(7, null));
  }

  @Test
  void aLedgerThatStopsWritesAndShipsWhatItHas() {
    spawn();
    ledger.tell(new LedgerCommand.Fold(List.of(writes(100, 2, 0)), null));
    ledger.tell(new LedgerCommand.Stop());

    tenant.expectTerminated(ledger);
    assertThat(table.all(tenantId, 1)).containsExactly(bucket(100, 2, 0, 0));
  }

  /** What a map's stream holds against what the ledger has metered of it. */
  private record CountedOnce(long journaled, long metered) {}

  /** A map writes and reports; the ledger is killed now and then; a fault folds reports twice. */
  private CountedOnce killAtRandom(int foldedAgain) {
    Random random = new Random(foldedAgain);
    spawn("m");
    long journaled = 0;
    long unreported = 0;
    for (int sequenceNr = 1; sequenceNr <= 60; sequenceNr++) {
      persistMapEvents("m", changed(100, 1, 1, sequenceNr));
      journaled++;
      unreported++;
      if (random.nextInt(3) == 0) {
        Watermark mark = new Watermark("m", sequenceNr, sequenceNr, sequenceNr);
        for (int times = 0; times <= foldedAgain; times++) {
          ledger.tell(new LedgerCommand.Fold(List.of(writes(100, unreported, unreported)), mark));
        }
        unreported = 0;
        if (random.nextBoolean()) {
          ledger.tell(new LedgerCommand.Flush());
          await(LedgerReport.Recorded.class);
        }
      }
      if (random.nextInt(5) == 0) {
        testKit.stop(ledger);
        spawn("m");
        unreported = 0;
      }
    }
    testKit.stop(ledger);
    spawn("m");
    List<UsageBucket> usage = read(Period.MINUTE, 0, 200);
    return new CountedOnce(journaled, usage.getFirst().writeOps());
  }

  /** Where the ledger reads the streams of maps; empty for the read journal. */
  Optional<MapJournal> streams(PersistenceTestKit events) {
    return Optional.empty();
  }

  private LedgerReport spawn(String... maps) {
    Map<String, String> streams = new TreeMap<>();
    for (String map : maps) {
      streams.put(map, stream(map));
    }
    ledger =
        testKit.spawn(
            UsageLedger.create(
                new LedgerEnvironment(
                    LedgerSettings.from(testKit.system().settings().config()),
                    table,
                    time,
                    streams(journal),
                    store::get),
                new LedgerIdentity(tenantId, 1, "ledger|" + tenantId, streams),
                tenant.ref()::tell));
    return await(LedgerReport.Ready.class);
  }

  /** The next report of this kind; others are passed over. */
  private LedgerReport await(Class<? extends LedgerReport> kind) {
    return tenant
        .fishForMessage(
            Duration.ofSeconds(60),
            report ->
                kind.isInstance(report)
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore())
        .getLast();
  }

  private List<UsageBucket> read(Period period, long fromMinute, long toMinute) {
    ledger.tell(new LedgerCommand.Read(1, period, fromMinute * MINUTE, toMinute * MINUTE));
    LedgerReport report = await(LedgerReport.UsageRead.class);
    return new ArrayList<>(((LedgerReport.UsageRead) report).buckets());
  }

  private List<Object> events() {
    return journal.persistedInStorage("ledger|" + tenantId);
  }

  private String stream(String map) {
    return "map|" + tenantId + "|1|" + map;
  }

  private void persistMapEvents(String map, MapEvent... events) {
    journal.persistForRecovery(stream(map), List.of((Object[]) events));
  }

  private static MapEvent changed(long minute, long writes, long delta, long entries) {
    MapEvent.EntryChange put = new MapEvent.Put(Key.of("k"), "1".getBytes(UTF_8), -1);
    return new MapEvent.EntriesChanged(
        minute * MINUTE, 1, List.of(put), writes, 0, delta, entries, entries == 3 ? 35 : entries);
  }

  private static UsageBucket writes(long minute, long writes, long storageDelta) {
    return bucket(minute, writes, storageDelta, 0);
  }

  private static UsageBucket bucket(long minute, long writes, long delta, long storage) {
    return new UsageBucket(minute, 0, writes, 0, storage, delta, 0, 0, 0, 0, 0, 0);
  }
}
