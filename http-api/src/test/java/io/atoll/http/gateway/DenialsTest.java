package io.atoll.http.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DenialsTest {
  private final ManualTime time = new ManualTime();
  private final Denials denials = new Denials(Duration.ofMillis(250), 10, time);
  private final Operation get = new Operation.Get("m", Key.of("k"));
  private final Operation set =
      new Operation.Set("m", Key.of("k"), new byte[99], Operation.ANY, Operation.FOREVER, null);

  @Test
  void aDenialIsRepeatedUntilTheSameMayPass() {
    denials.remember("acme", Tier.C, get, new Denial("opsPerSecond", 100, 100, 40, false));
    assertThat(denials.of("acme", set)).isNotNull();
    assertThat(denials.of("acme", get).refusal().denial().retryAfterMs()).isEqualTo(40);
    assertThat(denials.of("acme", get).tier()).isEqualTo(Tier.C);
    assertThat(denials.of("other", get)).isNull();
    time.advance(Duration.ofMillis(39));
    assertThat(denials.of("acme", get).refusal().denial().retryAfterMs()).isEqualTo(1);
    time.advance(Duration.ofMillis(1));
    assertThat(denials.of("acme", get)).isNull();
  }

  @Test
  void nothingIsRememberedForLongerThanAQuarterOfASecond() {
    denials.remember("acme", Tier.C, get, new Denial("opsPerSecond", 100, 100, 60_000, false));
    time.advance(Duration.ofMillis(249));
    assertThat(denials.of("acme", get)).isNotNull();
    time.advance(Duration.ofMillis(1));
    assertThat(denials.of("acme", get)).isNull();
  }

  @Test
  void bytesAreDeniedFromTheSameCostOn() {
    denials.remember("acme", Tier.C, set, new Denial("bytesPerSecond", 100, 100, 100, false));
    assertThat(denials.of("acme", get)).isNull();
    assertThat(denials.of("acme", set)).isNotNull();
  }

  @Test
  void whatWaitingDoesNotHelpIsAskedAgain() {
    denials.remember("acme", Tier.C, set, new Denial("maps", 10, 10, Denial.NEVER, true));
    denials.remember("acme", Tier.C, set, new Denial("opsPerSecond", 0, 0, Denial.NEVER, false));
    denials.remember("acme", Tier.C, set, new Denial("actions.commands", 10, 10, 50, false));
    assertThat(denials.of("acme", set)).isNull();
  }

  @Test
  void aChangeOfLimitsForgets() {
    denials.remember("acme", Tier.C, get, new Denial("opsPerSecond", 100, 100, 100, false));
    denials.forget("acme");
    assertThat(denials.of("acme", get)).isNull();
  }
}
