package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MinutePhaseTest {
  private static final long MINUTE_MS = 60_000;
  private static final long NOW = 1_700_000_012_345L;

  @Property
  void eachNextTimeIsWithinAMinuteAndOneMinuteAfterTheOther(
      @ForAll String tenant, @ForAll int since) {
    long now = NOW + since;
    long next = now + MinutePhase.untilNext(tenant, now);

    assertThat(next - now).isBetween(1L, MINUTE_MS);
    assertThat(MinutePhase.untilNext(tenant, next)).isEqualTo(MINUTE_MS);
    assertThat(MinutePhase.untilNext(tenant, next - 1)).isEqualTo(1);
  }

  @Test
  void manyTenantsAreSpreadOverAllOfAMinute() {
    Map<Long, Long> tenantsOfASecond =
        IntStream.range(0, 6_000)
            .mapToObj(tenant -> MinutePhase.untilNext("customer-" + tenant, NOW) / 1_000)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(tenantsOfASecond.values()).hasSizeBetween(60, 61).allMatch(count -> count < 200);
  }
}
