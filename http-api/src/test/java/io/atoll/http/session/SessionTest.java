package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.access.Scope;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  private final SessionHarness acme = SessionHarness.open(SessionHarness.ACME);

  @Test
  void answersEachRequestUnderItsId() {
    acme.send("{'id':1,'op':'set','map':'users','key':'u1','value':{'name':'Ann'}}");
    assertThat(acme.only()).isEqualTo("{'id':1,'ok':true,'version':1}");

    acme.send("{'id':'two','op':'get','map':'users','key':'u1'}");
    assertThat(acme.only()).isEqualTo("{'id':'two','ok':true,'value':{'name':'Ann'},'version':1}");

    acme.send("{'id':3,'op':'scan','map':'users'}");
    assertThat(acme.only())
        .isEqualTo(
            "{'id':3,'ok':true,'items':[{'key':'u1','value':{'name':'Ann'},'version':1}],"
                + "'next':null}");

    acme.send("{'id':4,'op':'delete','map':'users','key':'u1'}");
    assertThat(acme.only()).isEqualTo("{'id':4,'ok':true}");

    acme.send("{'id':5,'op':'get','map':'users','key':'u1'}");
    assertThat(acme.error()).isEqualTo("5 KEY_NOT_FOUND");

    acme.send("{'id':6,'op':'ping'}");
    assertThat(acme.only()).isEqualTo("{'id':6,'ok':true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'text'", "12.50", "true", "null", "{'a':[1,{'b':null}]}", "[]", "-0.0e+1", "''"})
  void valuesOfEveryKindComeBackAsTheyWere(String value) {
    acme.send("{'id':1,'op':'set','map':'m','key':'k','value':" + value + "}");
    acme.socket.frames();

    acme.send("{'id':2,'op':'get','map':'m','key':'k'}");

    assertThat(acme.socket.frames())
        .containsExactly(
            ("{'id':2,'ok':true,'value':" + value + ",'version':1}").replace('\'', '"'));
  }

  @Test
  void requestsOfOneFrameGoTogetherAndInOrderAndComeBackInOneFrame() {
    acme.send(
        "[{'id':1,'op':'set','map':'m','key':'k','value':1},"
            + "{'id':2,'op':'set','map':'m','key':'k','value':2},"
            + "{'id':3,'op':'get','map':'m','key':'k'}]");

    assertThat(acme.tenants.told(TenantCommand.Operate.class)).hasSize(1);
    assertThat(acme.socket.frames())
        .containsExactly(
            ("[{'id':1,'ok':true,'version':1},{'id':2,'ok':true,'version':2},"
                    + "{'id':3,'ok':true,'value':2,'version':2}]")
                .replace('\'', '"'));
  }

  @Test
  void fiveOperationsInAFrameAreFiveOperationsForTheTenant() {
    acme.send(
        IntStream.range(0, 5)
            .mapToObj(n -> "{'id':" + n + ",'op':'get','map':'m','key':'k" + n + "'}")
            .collect(Collectors.joining(",", "[", "]")));

    assertThat(acme.tenants.told(TenantCommand.Operate.class))
        .singleElement()
        .satisfies(operate -> assertThat(operate.operations()).hasSize(5));
    assertThat(acme.received()).hasSize(5);
  }

  @Test
  void aFrameOfMoreThanALimitAllowsIsAnsweredRequestByRequest() {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    session.tenants.refuseAtEdge(Refusal.of(new Denial("opsPerSecond", 100, 100, 12, false)));

    session.send(
        IntStream.range(0, 1_000)
            .mapToObj(n -> "{'id':" + n + ",'op':'get','map':'m','key':'k'}")
            .collect(Collectors.joining(",", "[", "]")));

    List<JsonNode> received = session.received();
    assertThat(received).hasSize(1_000);
    assertThat(received)
        .allSatisfy(reply ->
            assertThat(reply.get("error").toString())
                .contains("RATE_LIMITED", "opsPerSecond", "\"retryAfter\":12"));
    assertThat(session.socket.closeCode()).isZero();
    assertThat(session.tenants.told(TenantCommand.Operate.class)).isEmpty();
  }

  @Test
  void whatATenantsQuotaRefusedIsRememberedAtTheEdge() {
    acme.tenants.silence(true);
    acme.send("{'id':1,'op':'get','map':'m','key':'k'}");
    TenantCommand.Operate operate = acme.tenants.told(TenantCommand.Operate.class).get(0);
    long sentAt = acme.time.nanoTime();
    acme.socket.advance(Duration.ofMillis(7));
    Denial denial = new Denial("opsPerSecond", 100, 100, 12, false);
    operate
        .replyTo()
        .tell(
            new OperateReply.Outcomes(
                "acme",
                operate.correlation(),
                new int[] {0},
                List.of(new Outcome.Refused(Refusal.of(denial))),
                Tier.C,
                new RateStatus(100, 100, 0, 12)));
    acme.socket.run();

    assertThat(acme.error()).isEqualTo("1 RATE_LIMITED");
    assertThat(acme.tenants.denied()).containsExactly(new FakeTenants.Denied(denial, sentAt));
  }

  @Test
  void oneBadRequestInAFrameFailsAlone() {
    acme.send(
        "[{'id':1,'op':'set','map':'m','key':'k','value':1},{'id':2,'op':'set','map':'m'},"
            + "{'id':3,'op':'get','map':'m','key':'k'}]");

    assertThat(acme.received())
        .extracting(reply -> reply.get("id") + " " + reply.get("ok"))
        .containsExactlyInAnyOrder("1 true", "2 false", "3 true");
  }

  @Test
  void aRequestWithoutAReadableIdIsAnsweredWithNone() {
    acme.send("{'id':{},'op':'ping'}");

    assertThat(acme.error()).isEqualTo("null INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "7", "{'id':1", "[{'id':1,'op':'ping'}", ""})
  void aMalformedFrameEndsTheSession(String frame) {
    acme.send(frame);

    assertThat(acme.socket.closeCode()).isEqualTo(4400);
    assertThat(acme.tenants.told(TenantCommand.CloseSession.class)).hasSize(1);
  }

  @Test
  void nothingOfAMalformedFrameIsDone() {
    acme.send("[{'id':1,'op':'set','map':'m','key':'k','value':1},{]");

    assertThat(acme.tenants.told(TenantCommand.Operate.class)).isEmpty();
  }

  @Test
  void aFrameOfTooManyRequestsEndsTheSession() {
    acme.send(
        IntStream.range(0, 1_001)
            .mapToObj(n -> "{'id':" + n + ",'op':'ping'}")
            .collect(Collectors.joining(",", "[", "]")));

    assertThat(acme.socket.closeCode()).isEqualTo(4400);
    assertThat(acme.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "other"})
  void onlyTheAdminKeyNamesATenant(String tenant) {
    acme.send("[{'id':1,'op':'get','tenant':'" + tenant + "','map':'m','key':'k'}]");

    assertThat(acme.error()).isEqualTo("1 FORBIDDEN");
    assertThat(acme.tenants.told(TenantCommand.Operate.class)).isEmpty();
  }

  @Test
  void theAdminKeyServesManyTenantsOverOneSocket() {
    SessionHarness admin = SessionHarness.open(SessionHarness.ADMIN);
    admin.send(
        "[{'id':1,'op':'set','tenant':'a','map':'m','key':'k','value':'of a'},"
            + "{'id':2,'op':'set','tenant':'b','map':'m','key':'k','value':'of b'},"
            + "{'id':3,'op':'get','tenant':'a','map':'m','key':'k'},"
            + "{'id':4,'op':'get','map':'m','key':'k'}]");

    assertThat(admin.tenants.told(TenantCommand.Operate.class)).hasSize(2);
    assertThat(admin.tenants.told(TenantCommand.OpenSession.class)).isEmpty();
    List<JsonNode> received = admin.received();
    assertThat(received).hasSize(4);
    assertThat(received)
        .anySatisfy(reply -> assertThat(reply.toString()).contains("\"id\":3", "\"of a\""))
        .anySatisfy(reply ->
            assertThat(reply.toString()).contains("\"id\":4", "INVALID_REQUEST", "tenant"));
  }

  @Test
  void aReadOnlyCredentialReadsAndNeverWrites() {
    SessionHarness reader = SessionHarness.open(SessionHarness.key("acme", "k2", Scope.READ));
    reader.send(
        "[{'id':1,'op':'get','map':'m','key':'k'},{'id':2,'op':'scan','map':'m'},"
            + "{'id':3,'op':'set','map':'m','key':'k','value':1},"
            + "{'id':4,'op':'set','map':'m','key':'k','value':1,'ifVersion':0},"
            + "{'id':5,'op':'delete','map':'m','key':'k'}]");

    assertThat(reader.received())
        .extracting(reply -> reply.get("id") + " " + reply.at("/error/code").asText("ok"))
        .containsExactlyInAnyOrder(
            "1 KEY_NOT_FOUND", "2 ok", "3 FORBIDDEN", "4 FORBIDDEN", "5 FORBIDDEN");
  }

  @Test
  void aWriteOnlyCredentialDoesNotRead() {
    SessionHarness writer = SessionHarness.open(SessionHarness.key("acme", "k2", Scope.WRITE));
    writer.send(
        "[{'id':1,'op':'set','map':'m','key':'k','value':1},{'id':2,'op':'get','map':'m','key':'k'},"
            + "{'id':3,'op':'watch','map':'m'}]");

    assertThat(writer.received())
        .extracting(reply -> reply.get("id") + " " + reply.at("/error/code").asText("ok"))
        .containsExactlyInAnyOrder("1 ok", "2 FORBIDDEN", "3 FORBIDDEN");
  }

  @Test
  void theScopeAdminAloneGivesNoData() {
    SessionHarness manager = SessionHarness.open(SessionHarness.key("acme", "k2", Scope.ADMIN));
    manager.send("{'id':1,'op':'get','map':'m','key':'k'}");

    assertThat(manager.error()).isEqualTo("1 FORBIDDEN");
  }

  @Test
  void aSilentTenantMakesTheOutcomeUnknown() {
    acme.tenants.silence(true);
    acme.send("{'id':1,'op':'set','map':'m','key':'k','value':1}");
    acme.socket.advance(Duration.ofSeconds(4));
    assertThat(acme.received()).isEmpty();

    acme.socket.advance(Duration.ofSeconds(2));

    assertThat(acme.error()).isEqualTo("1 UNAVAILABLE");
    assertThat(acme.tenants.acquired()).isZero();
  }

  @Test
  void anAnswerThatComesTooLateIsNotSentTwice() {
    acme.tenants.silence(true);
    acme.send("{'id':1,'op':'get','map':'m','key':'k'}");
    acme.socket.advance(Duration.ofSeconds(6));
    acme.received();

    acme.tenants.silence(false);
    TenantCommand.Operate operate = acme.tenants.told(TenantCommand.Operate.class).get(0);
    acme.tenants.tell("acme", operate);
    acme.socket.run();

    assertThat(acme.received()).isEmpty();
    assertThat(acme.tenants.acquired()).isZero();
  }

  @Test
  void nothingMoreIsReadWhileAsMuchAsMayBeIsUnderWay() {
    acme.tenants.silence(true);
    acme.send(
        IntStream.range(0, 100)
            .mapToObj(n -> "{'id':" + n + ",'op':'get','map':'m','key':'k'}")
            .collect(Collectors.joining(",", "[", "]")));
    assertThat(acme.socket.isReading()).isFalse();

    acme.socket.advance(Duration.ofSeconds(6));

    assertThat(acme.socket.isReading()).isTrue();
    assertThat(acme.received()).hasSize(100);
  }

  @Test
  void largeValuesUnderWayStopTheReadingToo() {
    acme.tenants.silence(true);
    String value = "'" + "x".repeat(1 << 19) + "'";
    acme.send("{'id':1,'op':'set','map':'m','key':'a','value':" + value + "}");
    assertThat(acme.socket.isReading()).isTrue();

    acme.send("{'id':2,'op':'set','map':'m','key':'b','value':" + value + "}");

    assertThat(acme.socket.isReading()).isFalse();
  }

  @Test
  void aPeerThatDoesNotReadIsNotReadFromAndThenClosed() {
    acme.send("{'id':1,'op':'set','map':'m','key':'k','value':'" + "x".repeat(100_000) + "'}");
    acme.socket.stopReading();
    acme.send("{'id':2,'op':'get','map':'m','key':'k'}");
    assertThat(acme.socket.isReading()).isFalse();
    assertThat(acme.socket.closeCode()).isZero();

    for (int more = 0; more < 20; more++) {
      acme.send("{'id':3,'op':'get','map':'m','key':'k'}");
    }

    assertThat(acme.socket.closeCode()).isEqualTo(4408);
    assertThat(acme.socket.pendingBytes()).isLessThan(1_300_000);
  }

  @Test
  void aPeerThatReadsAgainIsReadFromAgain() {
    acme.send("{'id':1,'op':'set','map':'m','key':'k','value':'" + "x".repeat(100_000) + "'}");
    acme.socket.stopReading();
    acme.send("{'id':2,'op':'get','map':'m','key':'k'}");
    assertThat(acme.socket.isReading()).isFalse();

    acme.socket.readAll();
    acme.writable();

    assertThat(acme.socket.isReading()).isTrue();
  }

  @Test
  void whatWasUnderWayIsGivenBackWhenTheSocketIsLost() {
    acme.tenants.silence(true);
    acme.send("[{'id':1,'op':'get','map':'m','key':'k'},{'id':2,'op':'get','map':'m','key':'k'}]");
    assertThat(acme.tenants.acquired()).isEqualTo(2);

    acme.drop();

    assertThat(acme.tenants.acquired()).isZero();
    assertThat(acme.tenants.told(TenantCommand.CloseSession.class)).hasSize(1);
    assertThat(acme.sessions.count()).isZero();
  }

  @Test
  void aPromiseGoesWithItsWrite() {
    acme.send("{'id':1,'op':'set','map':'m','key':'k','value':1,'idempotencyKey':'once'}");

    Operation.Set set =
        (Operation.Set) acme.tenants.told(TenantCommand.Operate.class).get(0).operations().get(0);
    assertThat(set.idempotency()).isNotNull();
    assertThat(set.idempotency().key()).isEqualTo("once");
  }

  @Test
  void aNodeThatStopsAnswersWhatIsUnderWayFirst() {
    acme.tenants.silence(true);
    acme.send("{'id':1,'op':'set','map':'m','key':'k','value':1}");
    var stopped = acme.sessions.stop().toCompletableFuture();
    acme.socket.run();
    assertThat(acme.socket.closeCode()).isZero();
    assertThat(acme.socket.isReading()).isFalse();
    acme.send("{'id':2,'op':'get','map':'m','key':'k'}");

    acme.tenants.silence(false);
    acme.tenants.tell("acme", acme.tenants.told(TenantCommand.Operate.class).get(0));
    acme.socket.run();

    assertThat(acme.only()).startsWith("{'id':1,'ok':true");
    assertThat(acme.socket.closeCode()).isEqualTo(1012);
    assertThat(stopped).isNotDone();
    acme.drop();
    assertThat(stopped).isDone();
  }

  @Test
  void aNodeThatStopsDoesNotWaitForEver() {
    acme.tenants.silence(true);
    acme.send("{'id':1,'op':'set','map':'m','key':'k','value':1}");
    acme.sessions.stop();
    acme.socket.advance(Duration.ofSeconds(2));
    assertThat(acme.socket.closeCode()).isZero();

    acme.socket.advance(Duration.ofSeconds(2));

    assertThat(acme.socket.closeCode()).isEqualTo(1012);
  }

  @Test
  void aSessionThatOpensWhileTheNodeStopsIsSentAway() {
    SessionHarness late = SessionHarness.closed(SessionHarness.ACME);
    late.sessions.stop();
    assertThat(late.sessions.isOpen()).isFalse();

    late.start();

    assertThat(late.socket.closeCode()).isEqualTo(1012);
  }

  @Test
  void repliesOfManyKilobytesTravelInFramesOfABoundedSize() {
    acme.send("{'id':0,'op':'set','map':'m','key':'k','value':'" + "x".repeat(300_000) + "'}");
    acme.socket.frames();

    acme.send(
        IntStream.range(0, 20)
            .mapToObj(n -> "{'id':" + n + ",'op':'get','map':'m','key':'k'}")
            .collect(Collectors.joining(",", "[", "]")));

    assertThat(acme.socket.frames())
        .hasSizeGreaterThan(3)
        .allSatisfy(frame -> assertThat(frame.length()).isLessThan(1_500_000));
  }
}
