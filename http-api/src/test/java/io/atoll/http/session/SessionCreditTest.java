package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.map.OperateReply;
import io.atoll.quota.Denial;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantCommand.Operate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames that hold more than may be under way: here 100 operations of a session. */
class SessionCreditTest {
  private final SessionHarness acme = SessionHarness.open(SessionHarness.ACME);

  @Test
  void aFrameOfMoreThanMayBeUnderWayIsServedInPartsOfOneRequest() {
    acme.send(sets(0, 250));

    assertThat(acme.received())
        .extracting(reply -> reply.get("id").intValue() + " " + reply.get("ok"))
        .isEqualTo(IntStream.range(0, 250).mapToObj(id -> id + " true").toList());
    assertThat(sent()).containsExactly("100 whole", "100 continued", "50 continued");
    assertThat(acme.tenants.acquired()).isZero();
    assertThat(acme.socket.isReading()).isTrue();
  }

  @Test
  void theFrameAfterOneInPartsIsARequestOfItsOwn() {
    acme.send(sets(0, 101));
    acme.send(sets(101, 102));

    assertThat(sent()).containsExactly("100 whole", "1 continued", "1 whole");
  }

  @Test
  void nothingIsReadWhileAPartOfAFrameWaits() {
    acme.tenants.silence(true);
    acme.send(sets(0, 101));
    acme.send(sets(101, 102));
    assertThat(acme.socket.isReading()).isFalse();
    assertThat(sent()).containsExactly("100 whole");

    acme.socket.advance(Duration.ofSeconds(6));
    assertThat(acme.received()).hasSize(100);
    assertThat(acme.socket.isReading()).isTrue();
    assertThat(sent()).containsExactly("100 whole", "1 continued", "1 whole");
  }

  @Test
  void aSessionWaitsForTheCreditOfItsTenantThatItHasItself() {
    acme.tenants.credit(30);
    acme.send(sets(0, 70));

    assertThat(acme.received()).hasSize(70).allMatch(reply -> reply.get("ok").booleanValue());
    assertThat(sent()).containsExactly("30 whole", "30 continued", "10 continued");
  }

  @Test
  void whatOthersHaveTheCreditForIsRefusedWithATimeToComeBack() {
    acme.tenants.credit(0);
    acme.send(sets(0, 2));

    assertThat(acme.received())
        .hasSize(2)
        .allSatisfy(reply ->
            assertThat(reply.get("error").toString())
                .contains("\"UNAVAILABLE\"", "\"retryAfter\":1000"));
    assertThat(acme.socket.isReading()).isTrue();
  }

  @Test
  void aRequestThatItsTenantRejectsIsRejectedWithAllItsParts() {
    acme.tenants.silence(true);
    acme.send(sets(0, 150));
    Operate first = acme.tenants.told(Operate.class).getFirst();
    Denial denial = new Denial("requestsPerSecond", 1, 1, 500, false);
    first
        .replyTo()
        .tell(new OperateReply.Rejected("acme", first.correlation(), Refusal.of(denial), null));
    acme.socket.run();

    List<JsonNode> received = acme.received();
    assertThat(received)
        .hasSize(150)
        .allSatisfy(
            reply -> assertThat(reply.get("error").toString()).contains("requestsPerSecond"));
    assertThat(sent()).containsExactly("100 whole");
    acme.tenants.silence(false);
    acme.send(sets(150, 151));
    assertThat(acme.received()).allMatch(reply -> reply.get("ok").booleanValue());
  }

  @Test
  void aSessionThatEndsGivesUpWhatWaits() {
    acme.tenants.silence(true);
    acme.send(sets(0, 150));
    acme.drop();

    assertThat(acme.tenants.acquired()).isZero();
    assertThat(sent()).containsExactly("100 whole");
  }

  private List<String> sent() {
    return acme.tenants.told(Operate.class).stream()
        .map(operate ->
            operate.operations().size() + (operate.continued() ? " continued" : " whole"))
        .toList();
  }

  private static String sets(int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(id -> "{'id':" + id + ",'op':'set','map':'m','key':'k" + id + "','value':1}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
