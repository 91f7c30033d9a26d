package io.atoll.http.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.session.EarlyRefusal;
import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.time.ManualTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DenialsTest {
  private final ManualTime time = new ManualTime();
  private final Denials denials = new Denials(Duration.ofMillis(250), 10, time);
  private final Operation get = new Operation.Get("m", Key.of("k"));
  private final Operation set =
      new Operation.Set("m", Key.of("k"), new byte[99], Operation.ANY, Operation.FOREVER, null);

  @Test
  void aDenialIsRepeatedUntilTheSameMayPass() {
    remember(get, new Denial("opsPerSecond", 100, 100, 40, false));
    assertThat(refusal("acme", set)).isNotNull();
    assertThat(refusal("acme", get).refusal().denial().retryAfterMs()).isEqualTo(40);
    assertThat(refusal("acme", get).tier()).isEqualTo(Tier.C);
    assertThat(refusal("other", get)).isNull();
    time.advance(Duration.ofMillis(39));
    assertThat(refusal("acme", get).refusal().denial().retryAfterMs()).isEqualTo(1);
    time.advance(Duration.ofMillis(1));
    assertThat(refusal("acme", get)).isNull();
  }

  @Test
  void nothingIsRememberedForLongerThanAQuarterOfASecond() {
    remember(get, new Denial("opsPerSecond", 100, 100, 60_000, false));
    time.advance(Duration.ofMillis(249));
    assertThat(refusal("acme", get)).isNotNull();
    time.advance(Duration.ofMillis(1));
    assertThat(refusal("acme", get)).isNull();
  }

  @Test
  void bytesAreDeniedFromTheSameCostOn() {
    remember(set, new Denial("bytesPerSecond", 100, 100, 100, false));
    assertThat(refusal("acme", get)).isNull();
    assertThat(refusal("acme", set)).isNotNull();
  }

  @Test
  void whatWaitingDoesNotHelpIsAskedAgain() {
    remember(set, new Denial("maps", 10, 10, Denial.NEVER, true));
    remember(set, new Denial("opsPerSecond", 0, 0, Denial.NEVER, false));
    remember(set, new Denial("actions.commands", 10, 10, 50, false));
    assertThat(refusal("acme", set)).isNull();
  }

  @Test
  void aChangeOfLimitsForgets() {
    remember(get, new Denial("opsPerSecond", 100, 100, 100, false));
    denials.forget("acme");
    assertThat(refusal("acme", get)).isNull();
  }

  @Test
  void noMoreIsLetThroughThanTheRateCanHaveRefilled() {
    remember(get, new Denial("opsPerSecond", 100, 100, 10, false));
    time.advance(Duration.ofMillis(10));
    assertThat(letThrough(50)).isEqualTo(2);
    assertThat(refusal("acme", get).refusal().denial().retryAfterMs()).isEqualTo(10);
    time.advance(Duration.ofMillis(9));
    assertThat(letThrough(50)).isZero();
    time.advance(Duration.ofMillis(1));
    assertThat(letThrough(50)).isEqualTo(1);
    time.advance(Duration.ofMillis(100));
    assertThat(letThrough(50)).isEqualTo(10);
  }

  @Test
  void whatRefillsWhileADenialIsOnItsWayIsLetThroughToo() {
    long sentAt = time.nanoTime();
    time.advance(Duration.ofMillis(50));
    denials.remember("acme", Tier.C, get, new Denial("opsPerSecond", 100, 100, 10, false), sentAt);
    time.advance(Duration.ofMillis(10));
    assertThat(letThrough(50)).isEqualTo(7);
  }

  @Test
  void whatWasSentAtOnceCountsAsAWhole() {
    remember(get, new Denial("opsPerSecond", 100, 100, 10, false));
    time.advance(Duration.ofMillis(10));
    denials.find("acme").sent(20);
    time.advance(Duration.ofMillis(180));
    assertThat(letThrough(50)).isZero();
    time.advance(Duration.ofMillis(10));
    assertThat(letThrough(50)).isEqualTo(1);
  }

  @Test
  void aRefusalThatGivesBackWhatWasTakenForgets() {
    remember(get, new Denial("opsPerSecond", 100, 100, 100, false));
    remember(set, new Denial("entries", 10, 10, Denial.NEVER, true));
    assertThat(refusal("acme", get)).isNull();
  }

  @Test
  void aDenialOfWhatWasSentBeforeOneWasKnownLetsNoMoreThrough() {
    long sentAt = time.nanoTime();
    time.advance(Duration.ofMillis(20));
    remember(get, new Denial("opsPerSecond", 100, 100, 10, false));
    time.advance(Duration.ofMillis(10));
    assertThat(letThrough(50)).isEqualTo(2);
    denials.remember("acme", Tier.C, get, new Denial("opsPerSecond", 100, 100, 10, false), sentAt);
    assertThat(letThrough(50)).isZero();
  }

  @Test
  void theMemoryOfADenialBeginsWhenItsOperationWasSent() {
    long sentAt = time.nanoTime();
    time.advance(Duration.ofMillis(200));
    denials.remember("acme", Tier.C, get, new Denial("opsPerSecond", 1, 1, 1_000, false), sentAt);
    time.advance(Duration.ofMillis(49));
    assertThat(refusal("acme", get)).isNotNull();
    time.advance(Duration.ofMillis(1));
    assertThat(refusal("acme", get)).isNull();
  }

  private void remember(Operation operation, Denial denial) {
    denials.remember("acme", Tier.C, operation, denial, time.nanoTime());
  }

  private long letThrough(int asked) {
    return IntStream.range(0, asked).filter(_ -> passes()).count();
  }

  private boolean passes() {
    boolean passes = refusal("acme", get) == null;
    KnownDenial known = denials.find("acme");
    if (passes && known != null) {
      known.sent(1);
    }
    return passes;
  }

  private @Nullable EarlyRefusal refusal(String tenantId, Operation operation) {
    KnownDenial known = denials.find(tenantId);
    return known == null ? null : known.refusal(operation, time.nanoTime());
  }
}
