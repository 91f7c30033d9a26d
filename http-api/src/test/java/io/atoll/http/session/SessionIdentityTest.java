package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.access.Scope;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.credential.Principal;
import io.atoll.quota.Denial;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.SessionNotice;
import io.atoll.tenant.SessionNotice.Reason;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdentityTest {
  private final SessionHarness unknown = SessionHarness.open(null);

  @Test
  void theFirstFrameMayBringTheCredential() {
    unknown.token("secret", SessionHarness.ACME);
    unknown.send("{'id':0,'op':'auth','token':'secret'}");
    assertThat(unknown.only()).isEqualTo("{'id':0,'ok':true}");

    unknown.send("{'id':1,'op':'get','map':'m','key':'k'}");

    assertThat(unknown.error()).isEqualTo("1 KEY_NOT_FOUND");
    unknown.socket.advance(Duration.ofSeconds(20));
    assertThat(unknown.socket.closeCode()).isZero();
  }

  @Test
  void requestsBehindTheCredentialWaitForIt() {
    CompletableFuture<Verdict> check = new CompletableFuture<>();
    unknown.tokens.put("secret", check);
    unknown.send(
        "[{'id':0,'op':'auth','token':'secret'},{'id':1,'op':'set','map':'m','key':'k','value':1}]");
    unknown.send("{'id':2,'op':'get','map':'m','key':'k'}");
    assertThat(unknown.received()).isEmpty();
    assertThat(unknown.socket.isReading()).isFalse();

    check.complete(new Verdict.Known(SessionHarness.ACME));
    unknown.socket.run();

    assertThat(unknown.socket.isReading()).isTrue();
    assertThat(unknown.received())
        .extracting(reply -> reply.get("id") + " " + reply.get("ok"))
        .containsExactly("0 true", "1 true", "2 true");
  }

  @Test
  void aSessionThatSaysNothingForFiveSecondsIsClosed() {
    unknown.socket.advance(Duration.ofMillis(4_900));
    assertThat(unknown.socket.closeCode()).isZero();

    unknown.socket.advance(Duration.ofMillis(200));

    assertThat(unknown.socket.closeCode()).isEqualTo(4401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':1,'op':'get','map':'m','key':'k'}",
        "{'id':1,'op':'ping'}",
        "{'id':1,'op':'nonsense'}",
        "[{'id':1,'op':'set','map':'m','key':'k','value':1},{'id':0,'op':'auth','token':'secret'}]"
      })
  void anythingBeforeTheCredentialEndsTheSession(String frame) {
    unknown.token("secret", SessionHarness.ACME);
    unknown.send(frame);

    assertThat(unknown.socket.closeCode()).isEqualTo(4401);
    assertThat(unknown.tenants.told()).isEmpty();
  }

  @Test
  void aWrongCredentialIsAnsweredAndEndsTheSession() {
    unknown.send("{'id':0,'op':'auth','token':'wrong'}");

    assertThat(unknown.error()).isEqualTo("0 UNAUTHENTICATED");
    assertThat(unknown.socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void aCheckThatFailsIsNoVerdict() {
    unknown.tokens.put("secret", CompletableFuture.failedFuture(new IllegalStateException("down")));
    unknown.send("{'id':0,'op':'auth','token':'secret'}");

    assertThat(unknown.error()).isEqualTo("0 UNAVAILABLE");
    assertThat(unknown.socket.closeCode()).isEqualTo(1013);
  }

  @Test
  void aVerdictThatComesAfterTheEndChangesNothing() {
    CompletableFuture<Verdict> check = new CompletableFuture<>();
    unknown.tokens.put("secret", check);
    unknown.send("{'id':0,'op':'auth','token':'secret'}");
    unknown.sessions.stop();
    unknown.socket.advance(Duration.ofSeconds(10));
    assertThat(unknown.socket.closeCode()).isEqualTo(1012);
    unknown.received();

    check.complete(new Verdict.Known(SessionHarness.ACME));
    unknown.socket.run();

    assertThat(unknown.received()).isEmpty();
    assertThat(unknown.tenants.told()).isEmpty();
  }

  @Test
  void anAnswerThatIsNotAboutTheSessionChangesNothing() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    session
        .tenants
        .told(TenantCommand.OpenSession.class)
        .get(0)
        .replyTo()
        .tell(new TenantReply.Accepted());
    session.socket.run();

    assertThat(session.socket.closeCode()).isZero();
  }

  @Test
  void aSessionTakesAConnectionOfItsTenantAndGivesItBack() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    assertThat(session.tenants.told(TenantCommand.OpenSession.class))
        .singleElement()
        .satisfies(open -> assertThat(open.resumed()).isFalse())
        .satisfies(open -> assertThat(open.caller().keyId()).isEqualTo("k1"));

    session.drop();

    String sessionId = session.tenants.told(TenantCommand.OpenSession.class).get(0).sessionId();
    assertThat(session.tenants.told(TenantCommand.CloseSession.class))
        .containsExactly(new TenantCommand.CloseSession(sessionId));
  }

  @ParameterizedTest
  @CsvSource({
    "QUOTA_EXCEEDED, 4429",
    "TENANT_SUSPENDED, 4403",
    "TENANT_DELETED, 4403",
    "TENANT_NOT_FOUND, 4403",
    "UNAUTHENTICATED, 4401",
    "UNAVAILABLE, 1013"
  })
  void aTenantThatTurnsTheSessionAwayEndsIt(ErrorCode code, int closeCode) {
    SessionHarness session = SessionHarness.closed(SessionHarness.ACME);
    session.tenants.refuseSessions(Refusal.of(code, "no"));
    session.start();

    assertThat(session.socket.closeCode()).isEqualTo(closeCode);
  }

  @Test
  void theConnectionQuotaIsToldToAFirstFrame() {
    unknown.token("secret", SessionHarness.ACME);
    unknown.tenants.refuseSessions(
        Refusal.of(new Denial("connections", 10, 10, Denial.NEVER, true)));
    unknown.send("{'id':0,'op':'auth','token':'secret'}");

    assertThat(unknown.error()).isEqualTo("0 QUOTA_EXCEEDED");
    assertThat(unknown.socket.closeCode()).isEqualTo(4429);
  }

  @Test
  void aTenantThatDoesNotAnswerIsNotWaitedForForEver() {
    SessionHarness session = SessionHarness.closed(SessionHarness.ACME);
    session.tenants.silence(true);
    session.start();
    session.send("{'id':1,'op':'get','map':'m','key':'k'}");
    session.socket.advance(Duration.ofSeconds(6));

    assertThat(session.socket.closeCode()).isEqualTo(1013);
    assertThat(session.tenants.told(TenantCommand.Operate.class)).isEmpty();
  }

  @Test
  void everyHalfMinuteTheTenantHearsOfTheSession() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    session.socket.advance(Duration.ofSeconds(91));

    assertThat(session.tenants.told(TenantCommand.OpenSession.class))
        .extracting(TenantCommand.OpenSession::resumed)
        .containsExactly(false, true, true, true);
    assertThat(session.tenants.told(TenantCommand.OpenSession.class))
        .extracting(TenantCommand.OpenSession::sessionId)
        .containsOnly(session.tenants.told(TenantCommand.OpenSession.class).get(0).sessionId());
  }

  @Test
  void aTenantThatMovesIsToldAtOnce() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    notify(session, new SessionNotice.Reopen("acme"));

    assertThat(session.tenants.told(TenantCommand.OpenSession.class))
        .extracting(TenantCommand.OpenSession::resumed)
        .containsExactly(false, true);
    assertThat(session.socket.closeCode()).isZero();
  }

  @Test
  void aHeartbeatThatATenantCannotAnswerChangesNothing() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    session.tenants.refuseSessions(Refusal.of(ErrorCode.UNAVAILABLE, "later"));
    session.socket.advance(Duration.ofSeconds(31));
    assertThat(session.socket.closeCode()).isZero();

    session.tenants.refuseSessions(Refusal.of(ErrorCode.TENANT_SUSPENDED, "no"));
    session.socket.advance(Duration.ofSeconds(31));
    assertThat(session.socket.closeCode()).isEqualTo(4403);
  }

  @ParameterizedTest
  @CsvSource({"SUSPENDED, 4403", "DELETED, 4403", "KEY_REVOKED, 4403", "KEY_EXPIRED, 4401"})
  void aSessionEndsWithItsTenantOrKey(Reason reason, int closeCode) {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    notify(session, new SessionNotice.End("acme", reason));

    assertThat(session.socket.closeCode()).isEqualTo(closeCode);
  }

  @Test
  void theClientHearsOfQuotasThatRunOut() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    notify(session, new SessionNotice.QuotaNotice("acme", "storageBytes", 80.3));

    assertThat(session.only())
        .isEqualTo("{'notice':'quota','quota':'storageBytes','utilization':80.3}");
  }

  @Test
  void aTokenThatExpiresEndsTheSessionWithinASecond() {
    SessionHarness session = expiringIn(Duration.ofSeconds(100));
    session.socket.advance(Duration.ofMillis(99_500));
    assertThat(session.socket.closeCode()).isZero();

    session.socket.advance(Duration.ofSeconds(1));

    assertThat(session.socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void aTokenThatHasExpiredMeanwhileOpensNothing() {
    assertThat(expiringIn(Duration.ofSeconds(-1)).socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void aNewTokenLetsTheSessionLiveOn() {
    SessionHarness session = expiringIn(Duration.ofSeconds(10));
    session.token("fresh", token(session, Duration.ofSeconds(60)));
    session.socket.advance(Duration.ofSeconds(9));
    session.send("{'id':7,'op':'auth','token':'fresh'}");
    assertThat(session.only()).isEqualTo("{'id':7,'ok':true}");

    session.socket.advance(Duration.ofSeconds(40));
    assertThat(session.socket.closeCode()).isZero();
    session.socket.advance(Duration.ofSeconds(12));
    assertThat(session.socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void aBadNewTokenIsRefusedAndTheOldOneCountsOn() {
    SessionHarness session = expiringIn(Duration.ofSeconds(10));
    session.token("of another", SessionHarness.key("other", "k", Scope.READ));
    session.token("of the admin", SessionHarness.ADMIN);
    for (String token : List.of("of another", "of the admin")) {
      session.send("{'id':7,'op':'auth','token':'" + token + "'}");
      assertThat(session.error()).isEqualTo("7 FORBIDDEN");
    }
    session.send("{'id':8,'op':'auth','token':'wrong'}");
    assertThat(session.error()).isEqualTo("8 UNAUTHENTICATED");
    session.send("{'id':9,'op':'get','map':'m','key':'k'}");
    assertThat(session.error()).isEqualTo("9 KEY_NOT_FOUND");

    session.socket.advance(Duration.ofSeconds(11));

    assertThat(session.socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void theTenantLearnsOfTheNewHolder() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    session.token("second", SessionHarness.key("acme", "k2", Scope.READ));
    session.send(
        "[{'id':1,'op':'set','map':'m','key':'k','value':1},"
            + "{'id':2,'op':'auth','token':'second'},"
            + "{'id':3,'op':'set','map':'m','key':'k','value':2}]");

    assertThat(session.received())
        .extracting(reply -> reply.get("id") + " " + reply.get("ok"))
        .containsExactlyInAnyOrder("1 true", "2 true", "3 false");
    assertThat(session.tenants.told(TenantCommand.OpenSession.class))
        .extracting(open -> open.caller().keyId() + " " + open.resumed())
        .containsExactly("k1 false", "k2 true");
    assertThat(session.tenants.told(TenantCommand.Operate.class))
        .extracting(operate -> operate.caller().keyId())
        .containsExactly("k1");
  }

  private static SessionHarness expiringIn(Duration left) {
    SessionHarness unopened = SessionHarness.closed(null);
    return SessionHarness.open(token(unopened, left));
  }

  private static Principal token(SessionHarness session, Duration left) {
    return SessionHarness.token("acme", session.time.epochMillis() + left.toMillis());
  }

  private static void notify(SessionHarness session, SessionNotice notice) {
    session.tenants.told(TenantCommand.OpenSession.class).get(0).session().tell(notice);
    session.socket.run();
  }
}
