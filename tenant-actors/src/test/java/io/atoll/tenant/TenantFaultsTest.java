package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.get;
import static io.atoll.tenant.TenantHarness.refusal;
import static io.atoll.tenant.TenantHarness.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.MapEvent;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.refusal.ErrorCode;
import io.atoll.usage.Period;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class TenantFaultsTest {
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final PersistenceTestKit journal = PersistenceTestKit.create(testKit.system());
  private final TenantHarness tenant = new TenantHarness(testKit);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void aChangeThatCannotBeWrittenIsSaidToBeUnknownAndTheTenantRecovers() {
    tenant.create("free");
    journal.failNextPersisted(PersistenceIds.tenant(tenant.tenantId));
    TenantReply reply = tenant.patch(Tenants.patchName("New"));

    assertThat(refusal(reply)).isEqualTo(ErrorCode.UNAVAILABLE);
    tenant.kill();
    TenantReply described = tenant.ask(TenantCommand.Describe::new);
    assertThat(((TenantReply.Described) described).tenant().name()).isEqualTo("Acme");
  }

  @Test
  void aFirstWriteThatCannotBeWrittenIsSaidToBeUnknown() {
    tenant.create("free");
    journal.failNextPersisted(PersistenceIds.tenant(tenant.tenantId));

    assertThat(tenant.rejection(Caller.ADMIN, set("m", "k", "1"))).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void nothingIsAdmittedWhileTheLedgerCannotStartAndAllAgainWhenItCan() {
    tenant.create("free");
    tenant.operate(set("m", "k", "1"));
    tenant.usage();
    journal.failNextNReads(PersistenceIds.ledger(tenant.tenantId, 1), 1);
    tenant.kill();

    assertThat(tenant.rejection(Caller.ADMIN, set("m", "k", "2"))).isEqualTo(ErrorCode.UNAVAILABLE);
    TestProbe<OperateReply> client = testKit.createTestProbe();
    client.awaitAssert(
        Duration.ofSeconds(60),
        () -> {
          tenant.send(Caller.ADMIN, client, set("m", "k", "3"));
          assertThat(client.receiveMessage()).isInstanceOf(OperateReply.Outcomes.class);
          return null;
        });
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(2);
  }

  @Test
  void aNewTenantIsServedBeforeItHasALedgerAndItsUseIsMeteredOnceThatStarts() {
    String ledger = PersistenceIds.ledger(tenant.tenantId, 1);
    journal.failNextNReads(ledger, 1);
    tenant.create("free");
    assertThat(tenant.operate(set("m", "k", "1"))).containsExactly(new Outcome.Written(1, true));
    tenant.ask(replyTo -> new TenantCommand.ReadUsage(Period.DAY, 0, Long.MAX_VALUE / 2, replyTo));
    tenant.awaitFailed();

    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(1);
  }

  @Test
  void aLedgerThatCannotBeReadIsSaidInALineWithoutItsStack() {
    tenant.create("free");
    tenant.operate(set("m", "k", "1"));
    tenant.usage();
    journal.failNextNReads(PersistenceIds.ledger(tenant.tenantId, 1), 1);

    LoggingTestKit.empty()
        .withCustom(event ->
            isShown(event.level())
                && (event.throwable().isDefined()
                    || event.message().contains("cannot be read back and is tried again")))
        .expect(
            testKit.system(),
            () -> {
              tenant.kill();
              return tenant.rejection(Caller.ADMIN, set("m", "k", "2"));
            });
  }

  /** What a node that was lost had under way may become durable when its successor asks for it. */
  @Test
  void anAppendThatShowsOnlyWhenItsMapStartsIsMeteredAndHeld() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.usage();
    tenant.kill();
    tenant.operate(set("n", "a", "1"));
    journal.persistForRecovery(
        PersistenceIds.map(tenant.tenantId, 1, "m"), List.of(secondWrite("b", "1")));

    assertThat(tenant.operate(get("m", "b")).getFirst()).isInstanceOf(Outcome.Found.class);
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(3);
    TenantReply.StatsRead stats = (TenantReply.StatsRead) tenant.ask(TenantCommand.ReadStats::new);
    assertThat(stats.usage()).containsEntry("entries", 3.0).containsEntry("storageBytes", 6.0);
    tenant.kill();
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(3);
  }

  /** The second write to a map, of two bytes as the first one. */
  private static MapEvent secondWrite(String key, String value) {
    MapEvent.Put put = new MapEvent.Put(Key.of(key), value.getBytes(UTF_8), Operation.FOREVER);
    return new MapEvent.EntriesChanged(System.currentTimeMillis(), 2, List.of(put), 1, 2, 2, 2, 4);
  }

  private static boolean isShown(Level level) {
    return level.toInt() >= Level.WARN.toInt();
  }

  @Test
  void aMapWhoseStreamFailsStopsTheTenantWhichThenKnowsExactlyWhatIsThere() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"), set("n", "a", "1"));
    journal.failNextPersisted(PersistenceIds.map(tenant.tenantId, 1, "m"));
    tenant.send(Caller.ADMIN, testKit.createTestProbe(), set("m", "b", "1"));
    tenant.awaitFailed();

    assertThat(tenant.operate(set("m", "c", "1"))).containsExactly(new Outcome.Written(2, true));
    TenantReply.StatsRead stats = (TenantReply.StatsRead) tenant.ask(TenantCommand.ReadStats::new);
    assertThat(stats.usage()).containsEntry("entries", 3.0).containsEntry("storageBytes", 6.0);
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(3);
  }

  @Test
  void aDropThatWasWrittenBeforeTheKillIsMeteredOnceFromItsMap() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.usage();
    tenant.operate(new Operation.DropMap("m", null));
    tenant.kill();

    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(2);
    tenant.kill();
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(2);
  }

  @Test
  void aDropThatOnlyTheTenantHadWrittenBeforeTheKillIsMeteredWhenItsMapHasIt() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.usage();
    journal.failNextPersisted(PersistenceIds.map(tenant.tenantId, 1, "m"));
    tenant.send(Caller.ADMIN, testKit.createTestProbe(), new Operation.DropMap("m", null));
    tenant.awaitFailed();

    assertThat(tenant.operate(get("m", "a")))
        .extracting(TenantHarness::refusal)
        .containsExactly(ErrorCode.KEY_NOT_FOUND);
    tenant.shard.awaitAssert(() -> {
      assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(2);
      return null;
    });
  }
}
