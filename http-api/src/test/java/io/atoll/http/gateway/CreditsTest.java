package io.atoll.http.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreditsTest {
  private final Credits credits = new Credits(10);

  @Test
  void eachTenantHasItsOwnCredit() {
    assertThat(credits.acquire("acme", 7)).isTrue();
    assertThat(credits.acquire("acme", 4)).isFalse();
    assertThat(credits.acquire("acme", 3)).isTrue();
    assertThat(credits.acquire("other", 1)).isTrue();
    credits.release("acme", 1);
    assertThat(credits.acquire("acme", 1)).isTrue();
    assertThat(credits.underWay("acme")).isEqualTo(10);
  }

  @Test
  void aLargeRequestPassesAlone() {
    assertThat(credits.acquire("acme", 1_000)).isTrue();
    assertThat(credits.acquire("acme", 1)).isFalse();
    credits.release("acme", 1_000);
    assertThat(credits.underWay("acme")).isZero();
  }

  @Test
  void theCreditIsExactUnderConcurrency() {
    long granted =
        IntStream.range(0, 1_000).parallel().filter(i -> credits.acquire("acme", 1)).count();
    assertThat(granted).isEqualTo(10);
  }
}
