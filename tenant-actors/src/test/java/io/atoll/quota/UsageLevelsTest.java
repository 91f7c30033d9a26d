package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsageLevelsTest {
  @Test
  void aLevelIsReachedByExactlyItsShare() {
    assertThat(UsageLevels.reached(79, 100)).isZero();
    assertThat(UsageLevels.reached(80, 100)).isEqualTo(1);
    assertThat(UsageLevels.reached(94, 100)).isEqualTo(1);
    assertThat(UsageLevels.reached(95, 100)).isEqualTo(2);
    assertThat(UsageLevels.reached(5, -1)).isZero();
    assertThat(UsageLevels.reached(0, 0)).isZero();
  }

  @Test
  void anAccountTellsEachLevelThatItReachesOnTheWayUp() {
    Account account = new Account(10, 100);
    AtomicInteger told = new AtomicInteger();
    account.onLevelReached(told::incrementAndGet);
    account.reserve(1, 79);
    assertThat(told).hasValue(0);
    account.reserve(1, 1);
    assertThat(told).hasValue(1);
    account.reserve(6, 0);
    assertThat(told).hasValue(2);
    account.reserve(0, 5);
    assertThat(told).hasValue(2);
    account.reserve(0, 10);
    assertThat(told).hasValue(3);
    account.release(5, 90);
    assertThat(told).hasValue(3);
  }

  @Test
  void anAccountWithoutCapsTellsNothing() {
    Account account = new Account(-1, -1);
    AtomicInteger told = new AtomicInteger();
    account.onLevelReached(told::incrementAndGet);
    account.reserve(1_000_000, 1L << 50);
    assertThat(told).hasValue(0);
  }
}
