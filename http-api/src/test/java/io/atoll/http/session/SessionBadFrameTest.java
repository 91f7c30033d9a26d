package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.credential.Principal;
import io.atoll.map.OperateReply;
import io.atoll.quota.Denial;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionBadFrameTest {
  private static final String BAD = "[{'id':1,'op':'jump'},{'id':2,'op':'get','map':'m'}]";

  private final SessionHarness acme = SessionHarness.open(SessionHarness.ACME);

  @Test
  void aFrameOfBadRequestsIsOneRequestOfTheTenantWithoutOperations() {
    acme.send(BAD);
    assertThat(operates(acme))
        .singleElement()
        .satisfies(operate -> assertThat(operate.operations()).isEmpty());
    assertThat(codes(acme)).containsExactly("1 INVALID_REQUEST", "2 INVALID_REQUEST");
    assertThat(acme.tenants.acquired()).isZero();
  }

  @Test
  void itsAnswersWaitForTheTenant() {
    acme.tenants.silence(true);
    acme.send(BAD);
    assertThat(acme.received()).isEmpty();
    reject(Refusal.of(new Denial("requestsPerSecond", 1, 1, 700, false)));
    assertThat(codes(acme)).containsExactly("1 RATE_LIMITED", "2 RATE_LIMITED");
  }

  @Test
  void aTenantThatServesNoDataRefusesIt() {
    acme.tenants.silence(true);
    acme.send("{'id':1,'op':'jump'}");
    reject(Refusal.of(ErrorCode.TENANT_SUSPENDED, "the tenant is suspended"));
    assertThat(acme.error()).isEqualTo("1 TENANT_SUSPENDED");
  }

  @Test
  void aTenantThatIsSilentMakesItUnavailable() {
    acme.tenants.silence(true);
    acme.send(BAD);
    acme.socket.advance(Duration.ofSeconds(6));
    assertThat(codes(acme)).containsExactly("1 UNAVAILABLE", "2 UNAVAILABLE");
    assertThat(acme.tenants.acquired()).isZero();
  }

  @Test
  void pingsBesideBadRequestsAreAnsweredAtOnce() {
    acme.tenants.silence(true);
    acme.send("[{'id':1,'op':'ping'},{'id':2,'op':'jump'}]");
    assertThat(acme.only()).isEqualTo("{'id':1,'ok':true}");
    assertThat(operates(acme)).hasSize(1);
  }

  @Test
  void pingsAloneAreForNoTenant() {
    acme.send("[{'id':1,'op':'ping'},{'id':2,'op':'ping'}]");
    assertThat(operates(acme)).isEmpty();
    assertThat(acme.received()).hasSize(2);
  }

  @Test
  void besideAnOperationABadRequestIsNotCountedAgain() {
    acme.send("[{'id':1,'op':'jump'},{'id':2,'op':'get','map':'m','key':'k'}]");
    assertThat(operates(acme)).hasSize(1);
    assertThat(codes(acme)).containsExactly("1 INVALID_REQUEST", "2 KEY_NOT_FOUND");
  }

  @Test
  void theAdminKeyIsOfNoTenant() {
    Principal admin = SessionHarness.ADMIN;
    SessionHarness session = SessionHarness.open(admin);
    session.send("{'id':1,'op':'jump'}");
    assertThat(session.error()).isEqualTo("1 INVALID_REQUEST");
    assertThat(operates(session)).isEmpty();
  }

  @Test
  void aSessionThatEndsReleasesNothingForThem() {
    acme.tenants.silence(true);
    acme.send(BAD);
    acme.drop();
    assertThat(acme.tenants.acquired()).isZero();
  }

  private void reject(Refusal refusal) {
    TenantCommand.Operate operate = operates(acme).getFirst();
    operate.replyTo().tell(new OperateReply.Rejected("acme", operate.correlation(), refusal, null));
    acme.socket.run();
  }

  private static List<TenantCommand.Operate> operates(SessionHarness session) {
    return session.tenants.told(TenantCommand.Operate.class);
  }

  private static List<String> codes(SessionHarness session) {
    return session.received().stream()
        .map(reply -> reply.get("id") + " " + reply.at("/error/code").textValue())
        .toList();
  }
}
