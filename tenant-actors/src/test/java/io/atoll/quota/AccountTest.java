package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AccountTest {
  private final Account account = new Account(10, 1000);

  @Test
  void growthPassesUpToBothCaps() {
    assertThat(account.reserve(10, 1000)).isNull();
    assertThat(account.entries()).isEqualTo(10);
    assertThat(account.bytes()).isEqualTo(1000);
    assertThat(account.reserve(1, 0)).isEqualTo(new Denial("entries", 10, 10, Denial.NEVER, true));
    assertThat(account.reserve(0, 1))
        .isEqualTo(new Denial("storageBytes", 1000, 1000, Denial.NEVER, true));
  }

  @Test
  void whatIsOverOneCapTakesNothingOfTheOther() {
    account.restore(0, 900);
    assertThat(account.reserve(1, 200)).isNotNull();
    assertThat(account.entries()).isZero();
    assertThat(account.bytes()).isEqualTo(900);
  }

  @Test
  void elevenBytesDoNotFitTenBelowTheLimit() {
    account.restore(0, 990);
    assertThat(account.reserve(0, 11)).isNotNull();
    assertThat(account.bytes()).isEqualTo(990);
    assertThat(account.reserve(0, 10)).isNull();
  }

  @Test
  void whatDoesNotGrowAlwaysPasses() {
    account.restore(20, 5000);
    assertThat(account.reserve(0, 0)).isNull();
    assertThat(account.reserve(-1, -100)).isNull();
    assertThat(account.entries()).isEqualTo(19);
    assertThat(account.bytes()).isEqualTo(4900);
  }

  @Test
  void shrinkingInOneDoesNotLetTheOtherGrow() {
    account.restore(10, 500);
    assertThat(account.reserve(1, -10)).extracting(Denial::quota).isEqualTo("entries");
    assertThat(account.bytes()).isEqualTo(500);
  }

  @Test
  void unlimitedCapsHoldEverything() {
    Account unlimited = Account.of(Quotas.builder().build());
    assertThat(unlimited.reserve(1_000_000, 1_000_000_000)).isNull();
  }

  @Test
  void capsOfZeroHoldNothing() {
    Account none = new Account(0, 0);
    assertThat(none.reserve(1, 1)).isNotNull();
    assertThat(none.reserve(0, 1)).isNotNull();
  }

  @Test
  void changedCapsHoldForTheNextGrowth() {
    account.reserve(10, 10);
    account.limits(11, 5);
    assertThat(account.reserve(1, 0)).isNull();
    assertThat(account.reserve(0, 1)).isNotNull();
    assertThat(account.bytes()).isEqualTo(10);
  }

  @Test
  void whatIsReleasedCanBeReservedAgainAndIsNeverNegative() {
    account.reserve(10, 1000);
    account.release(1, 100);
    assertThat(account.reserve(1, 100)).isNull();
    account.release(100, 100_000);
    assertThat(account.entries()).isZero();
    assertThat(account.bytes()).isZero();
  }

  @Test
  void readBytesAreHandedOverOnce() {
    account.addReadBytes(5);
    account.addReadBytes(6);
    assertThat(account.drainReadBytes()).isEqualTo(11);
    assertThat(account.drainReadBytes()).isZero();
  }

  @Test
  void parallelWritersTakeExactlyWhatIsLeft() throws Exception {
    Account shared = new Account(1000, 1_000_000);
    shared.restore(900, 0);
    assertThat(sum(together(8, () -> reserveSingly(shared, 100)))).isEqualTo(100);
    assertThat(shared.entries()).isEqualTo(1000);
  }

  @Test
  void ofSixtyFourWritersOneByteBelowTheLimitOnePasses() throws Exception {
    Account shared = new Account(Quota.UNLIMITED, 1000);
    shared.restore(0, 999);
    assertThat(sum(together(64, () -> reserveSingly(shared, 1)))).isEqualTo(1);
    assertThat(shared.bytes()).isEqualTo(1000);
  }

  @Test
  void parallelReservationsAndReleasesKeepTheSum() throws Exception {
    Account shared = new Account(16, 400);
    List<Integer> held = together(8, () -> reserveAndRelease(shared));
    assertThat(shared.entries()).isEqualTo(sum(held));
    assertThat(shared.bytes()).isEqualTo(sum(held) * 7L);
  }

  @Property
  void theSumIsThatOfWhatPassed(
      @ForAll @Size(max = 60) List<@IntRange(min = -30, max = 30) Integer> growths) {
    Account one = new Account(100, Quota.UNLIMITED);
    long held = 0;
    for (int growth : growths) {
      if (one.reserve(growth, growth) == null) {
        held = Math.max(0, held + growth);
      } else {
        assertThat(held + growth).isGreaterThan(100);
      }
      assertThat(one.entries()).isEqualTo(held).isLessThanOrEqualTo(100);
      assertThat(one.bytes()).isEqualTo(held);
    }
  }

  private static int reserveSingly(Account account, int times) {
    return (int) IntStream.range(0, times).filter(i -> account.reserve(1, 1) == null).count();
  }

  /** Returns how many reservations it still holds; each is of one entry and seven bytes. */
  private static int reserveAndRelease(Account account) {
    int held = 0;
    for (int i = 0; i < 5000; i++) {
      if (held > 0 && ThreadLocalRandom.current().nextBoolean()) {
        account.release(1, 7);
        held--;
      } else if (account.reserve(1, 7) == null) {
        held++;
      }
      assertThat(account.entries()).isBetween((long) held, 16L);
    }
    return held;
  }

  private static <T> List<T> together(int threads, Callable<T> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<T> results = new ArrayList<>();
      for (Future<T> future :
          executor.invokeAll(IntStream.range(0, threads).mapToObj(i -> work).toList())) {
        results.add(future.get());
      }
      return results;
    }
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }
}
