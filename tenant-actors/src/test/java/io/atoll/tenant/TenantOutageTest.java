package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.get;
import static io.atoll.tenant.TenantHarness.refusal;
import static io.atoll.tenant.TenantHarness.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.OperateReply;
import io.atoll.map.Outcome;
import io.atoll.map.StoreState;
import io.atoll.refusal.ErrorCode;
import io.atoll.usage.Period;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.StorageFailure;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenant whose store does not answer for a while, or that cannot be recovered. */
class TenantOutageTest {
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final PersistenceTestKit journal = PersistenceTestKit.create(testKit.system());
  private final TenantHarness tenant = new TenantHarness(testKit);

  @AfterEach
  void writeAgain() {
    journal.resetPolicy();
  }

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void whileTheStoreIsDownATenantReadsAndPersistsNothing() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.usage();
    refuseAllWrites();
    tenant.world.store(StoreState.DOWN);

    assertThat(refusal(tenant.operate(set("m", "a", "2")).getFirst()))
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(tenant.rejection(Caller.ADMIN, set("n", "a", "1"))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refusal(tenant.patch(Tenants.patchName("New")))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(tenant.operate(get("m", "a")).getFirst()).isInstanceOf(Outcome.Found.class);
    tenant.tenant.tell(new TenantSignal.MinuteOver());
    tenant.tenant.tell(new TenantSignal.MakeRoom());
    assertThat(
            refusal(
                tenant.ask(replyTo ->
                    new TenantCommand.ReadUsage(Period.DAY, 0, Long.MAX_VALUE / 2, replyTo))))
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(tenant.operate(get("m", "a")).getFirst()).isInstanceOf(Outcome.Found.class);

    journal.resetPolicy();
    tenant.world.store(StoreState.UP);
    assertThat(tenant.operate(set("m", "a", "3"))).containsExactly(new Outcome.Written(2, false));
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(2);
    assertThat(tenant.usage().getFirst().readOps()).isEqualTo(2);
  }

  @Test
  void whatAnotherNodeMayHaveChangedByNowIsNeitherToldNorWritten() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.usage();
    refuseAllWrites();
    tenant.world.store(StoreState.LOST);

    assertThat(tenant.rejection(Caller.ADMIN, get("m", "a"))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(tenant.rejection(Caller.ADMIN, set("m", "a", "2"))).isEqualTo(ErrorCode.UNAVAILABLE);
    for (Function<ActorRef<TenantReply>, TenantCommand.Public> question : questions()) {
      assertThat(refusal(tenant.ask(question::apply))).isEqualTo(ErrorCode.UNAVAILABLE);
    }
    assertThat(tenant.ask(TenantCommand.Arrive::new)).isInstanceOf(TenantReply.Accepted.class);

    journal.resetPolicy();
    tenant.world.store(StoreState.UP);
    assertThat(tenant.operate(set("m", "a", "3"))).containsExactly(new Outcome.Written(2, false));
  }

  private static List<Function<ActorRef<TenantReply>, TenantCommand.Public>> questions() {
    return List.of(
        replyTo -> new TenantCommand.VerifyKey("k", new byte[] {1}, replyTo),
        TenantCommand.Describe::new,
        TenantCommand.ListKeys::new,
        TenantCommand.ReadStats::new,
        TenantCommand.ReadRate::new,
        replyTo -> new TenantCommand.ReadUsage(Period.DAY, 0, Long.MAX_VALUE / 2, replyTo));
  }

  @Test
  void whileTheStoreIsSilentATenantWritesWhatItHasToAndItsUseLater() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.world.store(StoreState.SILENT);
    long before = usesWrittenDown();
    tenant.tenant.tell(new TenantSignal.MinuteOver());

    assertThat(tenant.operate(set("m", "a", "2"))).containsExactly(new Outcome.Written(2, false));
    assertThat(usesWrittenDown()).isEqualTo(before);

    tenant.world.store(StoreState.UP);
    tenant.tenant.tell(new TenantSignal.MinuteOver());
    tenant.operate(get("m", "a"));
    assertThat(usesWrittenDown()).isGreaterThan(before);
  }

  private long usesWrittenDown() {
    return journal.persistedInStorage(PersistenceIds.tenant(tenant.tenantId)).stream()
        .filter(TenantEvent.TenantUsed.class::isInstance)
        .count();
  }

  @Test
  void aTenantThatLosesItsLedgerReadsOnUntilTheStoreAnswersAgain() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.usage();
    String ledger = PersistenceIds.ledger(tenant.tenantId, 1);
    journal.withPolicy((stream, operation) -> {
      if (operation instanceof WriteEvents && stream.equals(ledger)) {
        tenant.world.store(StoreState.DOWN);
        return new StorageFailure(new IllegalStateException("cut off"));
      }
      return ProcessingSuccess.getInstance();
    });
    tenant.operate(set("m", "a", "2"));
    assertThat(
            refusal(
                tenant.ask(replyTo ->
                    new TenantCommand.ReadUsage(Period.DAY, 0, Long.MAX_VALUE / 2, replyTo))))
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(tenant.operate(get("m", "a")).getFirst()).isInstanceOf(Outcome.Found.class);

    journal.resetPolicy();
    tenant.world.store(StoreState.UP);
    tenant.awaitFailed();
    assertThat(tenant.operate(set("m", "a", "3"))).containsExactly(new Outcome.Written(3, false));
    assertThat(tenant.usage().getFirst().writeOps()).isEqualTo(3);
  }

  @Test
  void whatWaitsForATenantThatCannotBeRecoveredIsAnsweredAtOnce() {
    tenant.create("free");
    testKit.stop(tenant.tenant);
    CompletableFuture<Void> sent = new CompletableFuture<>();
    journal.withPolicy((stream, operation) -> {
      sent.join();
      return new StorageFailure(new IllegalStateException("cannot be read"));
    });
    tenant.tenant =
        testKit.spawn(
            TenantActor.create(tenant.tenantId, tenant.world.environment(), tenant.shard.ref()));
    TestProbe<OperateReply> client = testKit.createTestProbe();
    tenant.send(Caller.ADMIN, client, set("m", "a", "1"));
    sent.complete(null);
    assertThat(((OperateReply.Rejected) client.receiveMessage()).refusal().code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void aTenantThatIsNotInMemoryRefusesAtOnceAndIsRecoveredOnlyWhenTheStoreAnswers() {
    tenant.create("free");
    tenant.operate(set("m", "a", "1"));
    tenant.usage();
    journal.failNextNOps(Integer.MAX_VALUE);
    tenant.world.store(StoreState.DOWN);
    tenant.kill();
    assertThat(tenant.rejection(Caller.ADMIN, get("m", "a"))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(tenant.rejection(Caller.ADMIN, get("m", "a"))).isEqualTo(ErrorCode.UNAVAILABLE);

    journal.resetPolicy();
    tenant.world.store(StoreState.UP);
    TestProbe<OperateReply> client = testKit.createTestProbe();
    tenant.send(Caller.ADMIN, client, set("m", "a", "2"));
    tenant.send(Caller.ADMIN, client, get("m", "a"));
    assertThat(tenant.outcomes(client, 1)).containsExactly(new Outcome.Written(2, false));
    assertThat(((Outcome.Found) tenant.outcomes(client, 1).getFirst()).version()).isEqualTo(2);
  }

  @Test
  void aDoorToATenantThatCannotBeRecoveredIsShutAtOnce() {
    tenant.world.store(StoreState.DOWN);
    tenant.kill();
    TestProbe<TenantCommand> region = testKit.createTestProbe();
    TestProbe<TenantDoor> closed = testKit.createTestProbe();
    TenantDoor door = new TenantDoor(region.ref()::tell, closed.ref()::tell);
    TenantCommand.Public command = new TenantCommand.CloseSession("s");
    door.pass(command);
    door.pass(command);
    tenant.tenant.tell(region.expectMessageClass(TenantCommand.CloseSession.class));
    tenant.tenant.tell(region.expectMessageClass(TenantSignal.Knock.class));

    closed.expectMessage(door);
    region.expectMessage(command);
  }

  private void refuseAllWrites() {
    journal.withPolicy((_, operation) ->
        operation instanceof WriteEvents
            ? new StorageFailure(new IllegalStateException("nothing may be written"))
            : ProcessingSuccess.getInstance());
  }
}
