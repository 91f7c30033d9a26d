package io.atoll.tenant;

import static io.atoll.tenant.TenantHarness.refusal;
import static io.atoll.tenant.TenantHarness.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.quota.Quota;
import io.atoll.refusal.ErrorCode;
import io.atoll.tenant.SessionNotice.End;
import io.atoll.tenant.SessionNotice.Reason;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TenantSessionsTest {
  private static final ActorTestKit testKit = ActorTestKit.create(TenantWorld.config());

  private final TenantHarness tenant = new TenantHarness(testKit);

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void connectionsAreCappedExactlyAndAClosedOneMakesRoom() {
    tenant.create("free", Map.of(Quota.CONNECTIONS, 5L));
    for (int i = 0; i < 5; i++) {
      assertOpened(tenant.open("s" + i, Caller.TOKEN, false, tenant.session()));
    }
    assertThat(refusal(tenant.open("s5", Caller.TOKEN, false, tenant.session())))
        .isEqualTo(ErrorCode.QUOTA_EXCEEDED);
    tenant.tenant.tell(new TenantCommand.CloseSession("s0"));
    tenant.tenant.tell(new TenantCommand.CloseSession("never opened"));

    assertOpened(tenant.open("s5", Caller.TOKEN, false, tenant.session()));
    assertThat(connections()).isEqualTo(5);
  }

  @Test
  void aSessionOfTheOperatorCountsForNobody() {
    tenant.create("free", Map.of(Quota.CONNECTIONS, 0L));

    assertOpened(tenant.open("s", Caller.ADMIN, false, tenant.session()));
    assertThat(connections()).isZero();
  }

  @Test
  void aSessionThatIsNotCountedPassesTheCapAndStillEndsWithItsTenant() {
    tenant.create("free", Map.of(Quota.CONNECTIONS, 0L));
    TestProbe<SessionNotice> session = tenant.session();
    TenantReply reply =
        tenant.ask(replyTo ->
            new TenantCommand.OpenSession(Caller.TOKEN, "w", false, false, session.ref(), replyTo));
    assertOpened(reply);
    assertThat(connections()).isZero();

    tenant.patch(TenantStatus.SUSPENDED);
    assertThat(session.receiveMessage()).isEqualTo(new End(tenant.tenantId, Reason.SUSPENDED));
  }

  @Test
  void aSessionWhoseActorEndsIsClosed() {
    tenant.create("free");
    TestProbe<SessionNotice> session = tenant.session();
    tenant.open("s", Caller.TOKEN, false, session);
    session.stop();

    tenant.shard.awaitAssert(() -> {
      assertThat(connections()).isZero();
      return null;
    });
  }

  @Test
  void confirmingAnOpenSessionCountsItOnce() {
    tenant.create("free");
    TestProbe<SessionNotice> session = tenant.session();
    tenant.open("s", Caller.TOKEN, false, session);
    assertOpened(tenant.open("s", Caller.TOKEN, false, session));

    assertThat(connections()).isEqualTo(1);
  }

  @Test
  void loweringConnectionsClosesNobodyAndRefusesTheNext() {
    tenant.create("free");
    TestProbe<SessionNotice> session = tenant.session();
    tenant.open("a", Caller.TOKEN, false, session);
    tenant.open("b", Caller.TOKEN, false, session);
    tenant.patch(Quota.CONNECTIONS, 1);

    assertThat(refusal(tenant.open("c", Caller.TOKEN, false, tenant.session())))
        .isEqualTo(ErrorCode.QUOTA_EXCEEDED);
    assertThat(connections()).isEqualTo(2);
    assertThat(session.receiveSeveralMessages(2))
        .hasOnlyElementsOfType(SessionNotice.QuotaNotice.class);
    session.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void aResumedSessionIsNeverRefusedByTheCap() {
    tenant.create("free", Map.of(Quota.CONNECTIONS, 1L));
    tenant.open("a", Caller.TOKEN, false, tenant.session());
    tenant.open("b", Caller.TOKEN, false, tenant.session());
    tenant.kill();

    assertOpened(tenant.open("a", Caller.TOKEN, true, tenant.session()));
    assertOpened(tenant.open("b", Caller.TOKEN, true, tenant.session()));
    assertThat(refusal(tenant.open("c", Caller.TOKEN, false, tenant.session())))
        .isEqualTo(ErrorCode.QUOTA_EXCEEDED);
  }

  @Test
  void sessionsEndWhenTheTenantIsSuspendedOrDeleted() {
    tenant.create("free");
    TestProbe<SessionNotice> first = tenant.session();
    tenant.open("a", Caller.TOKEN, false, first);
    tenant.patch(TenantStatus.SUSPENDED);
    assertThat(first.receiveMessage()).isEqualTo(new End(tenant.tenantId, Reason.SUSPENDED));
    tenant.patch(TenantStatus.ACTIVE);
    TestProbe<SessionNotice> second = tenant.session();
    tenant.open("b", Caller.TOKEN, false, second);
    tenant.delete();

    assertThat(second.receiveMessage()).isEqualTo(new End(tenant.tenantId, Reason.DELETED));
  }

  @Test
  void onlySessionsOfARevokedKeyEnd() {
    tenant.create("free");
    String keyId = tenant.makeKey(-1, null).key().id();
    TestProbe<SessionNotice> revoked = tenant.session();
    TestProbe<SessionNotice> other = tenant.session();
    tenant.open("a", Caller.key(keyId), false, revoked);
    tenant.open("b", Caller.key(tenant.makeKey(-1, null).key().id()), false, other);
    tenant.ask(replyTo -> new TenantCommand.RevokeKey(keyId, replyTo));

    assertThat(revoked.receiveMessage()).isEqualTo(new End(tenant.tenantId, Reason.KEY_REVOKED));
    assertThat(connections()).isEqualTo(1);
    other.expectNoMessage(Duration.ofMillis(50));
    assertThat(refusal(tenant.open("c", Caller.key(keyId), false, tenant.session())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void aSessionEndsWhenItsKeyExpires() {
    tenant.create("free");
    String keyId = tenant.makeKey(System.currentTimeMillis() + 5_000, null).key().id();
    TestProbe<SessionNotice> session = tenant.session();
    tenant.open("a", Caller.key(keyId), false, session);

    assertThat(session.receiveMessage()).isEqualTo(new End(tenant.tenantId, Reason.KEY_EXPIRED));
    assertThat(connections()).isZero();
  }

  @Test
  void sessionsAreToldWhenAQuotaIsNearlyUsedUp() {
    tenant.create("free", Map.of(Quota.STORAGE_BYTES, 100L));
    TestProbe<SessionNotice> session = tenant.session();
    tenant.open("a", Caller.TOKEN, false, session);
    tenant.operate(set("m", "k", "\"" + "x".repeat(80) + "\""));

    assertThat(session.receiveMessage())
        .isEqualTo(new SessionNotice.QuotaNotice(tenant.tenantId, "storageBytes", 83));
  }

  @Test
  void sessionsAreToldToReopenWhenTheTenantLeaves() {
    tenant.create("free");
    TestProbe<SessionNotice> session = tenant.session();
    tenant.open("a", Caller.TOKEN, false, session);
    tenant.tenant.tell(new TenantCommand.Stop());

    assertThat(session.receiveMessage()).isEqualTo(new SessionNotice.Reopen(tenant.tenantId));
  }

  @Test
  void usageKnowsHowManyConnectionsThereWereAtMost() {
    tenant.create("free");
    tenant.open("a", Caller.TOKEN, false, tenant.session());
    tenant.open("b", Caller.TOKEN, false, tenant.session());
    tenant.tenant.tell(new TenantCommand.CloseSession("a"));

    assertThat(tenant.usage()).anySatisfy(day -> assertThat(day.peakConnections()).isEqualTo(2));
  }

  private long connections() {
    TenantReply.StatsRead stats = (TenantReply.StatsRead) tenant.ask(TenantCommand.ReadStats::new);
    return Math.round(stats.usage().get("connections"));
  }

  private static void assertOpened(TenantReply reply) {
    assertThat(reply).isInstanceOf(TenantReply.SessionOpened.class);
  }
}
