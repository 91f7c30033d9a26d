package io.atoll.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QuotaTrackerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_700_000_000_000L;
  private static final Quotas STRICT =
      Quotas.builder()
          .limit(Quota.OPS_PER_SECOND, 20)
          .limit(Quota.BURST, 10)
          .limit(Quota.BYTES_PER_SECOND, 300)
          .limit(Quota.MESSAGES_PER_SECOND, 3)
          .limit(Quota.REQUESTS_PER_SECOND, 5)
          .build();

  private static QuotaTracker tracker(Quota quota, long limit) {
    return new QuotaTracker(Quotas.builder().limit(quota, limit).build(), 0);
  }

  private static QuotaTracker flows(long bytes, long messages) {
    return new QuotaTracker(
        Quotas.builder()
            .limit(Quota.BYTES_PER_SECOND, bytes)
            .limit(Quota.MESSAGES_PER_SECOND, messages)
            .build(),
        0);
  }

  @Test
  void anOperationThatACapRefusesConsumesNoRate() {
    QuotaTracker tracker = tracker(Quota.OPS_PER_SECOND, 2);
    Account account = new Account(-1, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(tracker.operation(1, 0)).isNull();
      assertThat(account.reserve(1, 1)).isNotNull();
      account.addUnusedOperations(1);
      tracker.giveBack(account.drainUnusedOperations(), 0);
    }
    assertThat(account.drainUnusedOperations()).isZero();
    assertThat(tracker.rateStatus(0).remaining()).isEqualTo(2);
  }

  @Test
  void whatIsGivenBackNeverPassesTheBurst() {
    QuotaTracker tracker = tracker(Quota.OPS_PER_SECOND, 2);
    tracker.operation(1, 0);
    tracker.giveBack(1, SECOND);
    assertThat(tracker.rateStatus(SECOND).remaining()).isEqualTo(2);

    QuotaTracker partly = tracker(Quota.OPS_PER_SECOND, 5);
    partly.operation(1, 0);
    partly.operation(1, 0);
    partly.giveBack(1, 0);
    assertThat(partly.rateStatus(0).remaining()).isEqualTo(4);

    QuotaTracker unlimited = tracker(Quota.OPS_PER_SECOND, -1);
    unlimited.giveBack(5, 0);
    assertThat(unlimited.operation(1, 0)).isNull();
  }

  @Test
  void messagesPassUpToBothLimits() {
    QuotaTracker tracker = flows(1000, 100);
    assertThat(tracker.messages(50, 500, 0)).isNull();
    assertThat(tracker.messages(40, 400, 0)).isNull();
    assertThat(tracker.messages(10, 100, 0)).isNull();
    assertThat(tracker.messages(1, 0, 0)).isNotNull();
  }

  @Test
  void tooManyMessagesAreRefusedThoughTheirBytesPass() {
    QuotaTracker tracker = flows(10_000, 100);
    assertThat(tracker.messages(90, 1000, 0)).isNull();
    assertThat(tracker.messages(20, 100, 0))
        .isEqualTo(new Denial("messagesPerSecond", 90, 100, 1000, false));
  }

  @Test
  void bytesAreLookedAtBeforeMessages() {
    QuotaTracker tracker = flows(1000, 10);
    assertThat(tracker.messages(5, 500, 0)).isNull();
    assertThat(tracker.messages(30, 600, 0))
        .isEqualTo(new Denial("bytesPerSecond", 500, 1000, 1000, false));
  }

  @Test
  void aRefusedMessageConsumesNeitherBytesNorMessages() {
    QuotaTracker tracker = flows(1000, 10);
    tracker.messages(5, 500, 0);
    assertThat(tracker.messages(3, 600, 0)).isNotNull();
    assertThat(tracker.messages(8, 100, 0)).isNotNull();
    assertThat(tracker.messages(5, 500, 0)).isNull();
  }

  @Test
  void messagesAndOperationsShareOneWindowOfBytes() {
    QuotaTracker tracker = flows(1000, 100);
    assertThat(tracker.operation(600, 0)).isNull();
    assertThat(tracker.messages(1, 401, 0)).isNotNull();
    assertThat(tracker.messages(1, 400, 0)).isNull();
    assertThat(tracker.operation(1, 0)).isNotNull();
  }

  @Test
  void exactlyTenOfAHundredEqualOperationsFillTheWindow() {
    QuotaTracker tracker = flows(1000, -1);
    int passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += tracker.operation(100, 0) == null ? 1 : 0;
    }
    assertThat(passed).isEqualTo(10);
  }

  @Test
  void aRefusedOperationConsumesNothing() {
    QuotaTracker tracker =
        new QuotaTracker(
            Quotas.builder()
                .limit(Quota.OPS_PER_SECOND, 2)
                .limit(Quota.BYTES_PER_SECOND, 100)
                .build(),
            0);
    assertThat(tracker.operation(60, 0)).isNull();
    assertThat(tracker.operation(60, 0)).extracting(Denial::quota).isEqualTo("bytesPerSecond");
    assertThat(tracker.operation(40, 0)).isNull();
    assertThat(tracker.operation(0, 0)).extracting(Denial::quota).isEqualTo("opsPerSecond");
  }

  @Test
  void anOperationAboveTheByteLimitIsRefusedForGood() {
    assertThat(tracker(Quota.BYTES_PER_SECOND, 100).operation(101, 0))
        .isEqualTo(new Denial("bytesPerSecond", 0, 100, Denial.NEVER, false));
  }

  @Test
  void bytesReadAreADebt() {
    QuotaTracker tracker = tracker(Quota.BYTES_PER_SECOND, 1000);
    tracker.bytesRead(5000, 0);
    assertThat(tracker.operation(1, SECOND / 2))
        .isEqualTo(new Denial("bytesPerSecond", 5000, 1000, 500, false));
    assertThat(tracker.operation(1, SECOND)).isNull();
  }

  @Test
  void requestsAreCountedInTheirOwnWindow() {
    QuotaTracker tracker = tracker(Quota.REQUESTS_PER_SECOND, 2);
    assertThat(tracker.request(0)).isNull();
    assertThat(tracker.request(0)).isNull();
    assertThat(tracker.request(0)).isEqualTo(new Denial("requestsPerSecond", 2, 2, 1000, false));
    assertThat(tracker.operation(10, 0)).isNull();
    assertThat(tracker.request(SECOND)).isNull();
  }

  @Test
  void theOperationAfterTheLastTokenIsToldWhenToComeBack() {
    QuotaTracker tracker = tracker(Quota.OPS_PER_SECOND, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(tracker.operation(1, 0)).isNull();
    }
    assertThat(tracker.operation(1, 0)).isEqualTo(new Denial("opsPerSecond", 100, 100, 10, false));
  }

  @Test
  void aRateOfZeroAllowsNothing() {
    Denial forGood = new Denial("opsPerSecond", 0, 0, Denial.NEVER, false);
    assertThat(tracker(Quota.OPS_PER_SECOND, 0).operation(1, SECOND)).isEqualTo(forGood);
    assertThat(tracker(Quota.BYTES_PER_SECOND, 0).operation(1, SECOND)).isNotNull();
    assertThat(tracker(Quota.REQUESTS_PER_SECOND, 0).request(SECOND)).isNotNull();
    assertThat(tracker(Quota.MESSAGES_PER_SECOND, 0).messages(1, 1, SECOND)).isNotNull();
    assertThat(tracker(Quota.CONNECTIONS, 0).connect()).isNotNull();
  }

  @Test
  void aBurstOfZeroIsNamedAsWhatRefuses() {
    Quotas quotas = Quotas.builder().limit(Quota.OPS_PER_SECOND, 5).limit(Quota.BURST, 0).build();
    assertThat(new QuotaTracker(quotas, 0).operation(1, 0))
        .isEqualTo(new Denial("burst", 0, 0, Denial.NEVER, false));
  }

  @Test
  void connectionsPassUpToTheCapAndAgainAfterOneLeft() {
    QuotaTracker tracker = tracker(Quota.CONNECTIONS, 5);
    for (int i = 0; i < 5; i++) {
      assertThat(tracker.connect()).isNull();
    }
    assertThat(tracker.connect()).isEqualTo(new Denial("connections", 5, 5, Denial.NEVER, true));
    tracker.disconnect();
    assertThat(tracker.connect()).isNull();
  }

  @Test
  void connectionsAreNeverFewerThanNone() {
    QuotaTracker tracker = tracker(Quota.CONNECTIONS, 1);
    tracker.disconnect();
    assertThat(tracker.connections()).isZero();
    assertThat(tracker.connect()).isNull();
    assertThat(tracker.connect()).isNotNull();
  }

  @Test
  void loweringConnectionsClosesNobodyAndRefusesTheNext() {
    QuotaTracker tracker = tracker(Quota.CONNECTIONS, 3);
    tracker.connect();
    tracker.connect();
    tracker.update(Quotas.builder().limit(Quota.CONNECTIONS, 1).build(), 0);
    assertThat(tracker.connections()).isEqualTo(2);
    assertThat(tracker.connect()).isEqualTo(new Denial("connections", 2, 1, Denial.NEVER, true));
    tracker.connectResumed();
    assertThat(tracker.connections()).isEqualTo(3);
  }

  @Test
  void changedQuotasHoldForTheNextRequest() {
    QuotaTracker tracker = flows(1000, -1);
    tracker.operation(1000, 0);
    assertThat(tracker.operation(1, 0)).isNotNull();
    Quotas raised = Quotas.builder().limit(Quota.BYTES_PER_SECOND, 2000).build();
    tracker.update(raised, 0);
    assertThat(tracker.quotas()).isEqualTo(raised);
    assertThat(tracker.operation(1000, 0)).isNull();
    assertThat(tracker.operation(1, 0)).isNotNull();
  }

  @Test
  void raisedOperationsPassAtOnceAndLoweredOnesAreRefusedAtOnce() {
    QuotaTracker tracker = tracker(Quota.OPS_PER_SECOND, 1);
    tracker.operation(1, 0);
    assertThat(tracker.operation(1, 0)).isNotNull();
    tracker.update(Quotas.builder().limit(Quota.OPS_PER_SECOND, 3).build(), 0);
    assertThat(tracker.operation(1, 0)).isNull();
    tracker.update(Quotas.builder().limit(Quota.OPS_PER_SECOND, 0).build(), 0);
    assertThat(tracker.operation(1, 0)).isNotNull();
  }

  @Test
  void theRateStatusCountsDownAndSaysWhenItIsFull() {
    QuotaTracker tracker = tracker(Quota.OPS_PER_SECOND, 10);
    assertThat(tracker.rateStatus(0)).isEqualTo(new RateStatus(10, 10, 10, 0));
    tracker.operation(1, 0);
    tracker.operation(1, 0);
    assertThat(tracker.rateStatus(0)).isEqualTo(new RateStatus(10, 10, 8, 200));
    assertThat(tracker.rateStatus(SECOND / 10)).isEqualTo(new RateStatus(10, 10, 9, 100));
    assertThat(tracker(Quota.MAPS, 1).rateStatus(0)).isEqualTo(new RateStatus(-1, -1, -1, 0));
  }

  @Test
  void theUsageShowsWhatIsThere() {
    QuotaTracker tracker =
        new QuotaTracker(
            Quotas.builder()
                .limit(Quota.CONNECTIONS, 4)
                .limit(Quota.STORAGE_BYTES, 1000)
                .limit(Quota.MAPS, 0)
                .build(),
            0);
    tracker.request(0);
    tracker.operation(30, 0);
    tracker.operation(40, 0);
    tracker.messages(3, 30, 0);
    tracker.connect();
    Account account = Account.of(tracker.quotas());
    account.restore(7, 500);
    QuotaUsage usage = tracker.usage(0, 2, account);
    assertThat(usage.usage())
        .containsAllEntriesOf(
            Map.of(
                "opsPerSecond", 2.0,
                "bytesPerSecond", 100.0,
                "messagesPerSecond", 3.0,
                "requestsPerSecond", 1.0,
                "connections", 1.0,
                "maps", 2.0,
                "entries", 7.0,
                "storageBytes", 500.0,
                "topics", 0.0))
        .doesNotContainKeys("burst", "retentionHours");
    assertThat(usage.utilization())
        .containsAllEntriesOf(
            Map.of("connections", 25.0, "storageBytes", 50.0, "maps", 100.0, "entries", 0.0));
  }

  @Test
  void oneTenantsFlowIsNotAnothers() {
    QuotaTracker one = tracker(Quota.BYTES_PER_SECOND, 10);
    QuotaTracker other = tracker(Quota.BYTES_PER_SECOND, 10);
    one.operation(10, 0);
    assertThat(one.operation(1, 0)).isNotNull();
    assertThat(other.operation(10, 0)).isNull();
  }

  @Test
  void admittingAllocatesNothing() {
    QuotaTracker tracker =
        new QuotaTracker(
            Quotas.builder()
                .limit(Quota.OPS_PER_SECOND, 1_000_000)
                .limit(Quota.BYTES_PER_SECOND, 1_000_000_000)
                .limit(Quota.REQUESTS_PER_SECOND, 1_000_000)
                .build(),
            0);
    admit(tracker, 0, 10_000);
    long before = allocatedByThisThread();
    int admitted = admit(tracker, SECOND, 100_000);
    assertThat(allocatedByThisThread() - before).isLessThan(100_000);
    assertThat(admitted).isEqualTo(100_000);
  }

  private static int admit(QuotaTracker tracker, long from, int times) {
    int admitted = 0;
    for (int i = 0; i < times; i++) {
      long now = from + i * 10_000L;
      boolean passes = tracker.request(now) == null && tracker.operation(100, now) == null;
      admitted += passes ? 1 : 0;
    }
    return admitted;
  }

  private static long allocatedByThisThread() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Property
  void aRefusalLeavesNoTrace(@ForAll("attempts") List<Attempt> attempts) {
    Quotas quotas =
        Quotas.builder()
            .limit(Quota.OPS_PER_SECOND, 20)
            .limit(Quota.BURST, 10)
            .limit(Quota.BYTES_PER_SECOND, 300)
            .build();
    QuotaTracker all = new QuotaTracker(quotas, 0);
    QuotaTracker onlyAdmitted = new QuotaTracker(quotas, 0);
    long now = 0;
    for (Attempt attempt : attempts) {
      now += attempt.elapsed();
      if (all.operation(attempt.bytes(), now) == null) {
        assertThat(onlyAdmitted.operation(attempt.bytes(), now)).isNull();
      }
      assertThat(all.rateStatus(now)).isEqualTo(onlyAdmitted.rateStatus(now));
      assertThat(all.usage(now, 0, Account.of(quotas)))
          .isEqualTo(onlyAdmitted.usage(now, 0, Account.of(quotas)));
    }
  }

  @Property
  void aTrackerThatRestsNowAndThenAdmitsTheSame(@ForAll("attempts") List<Attempt> attempts) {
    Quotas quotas =
        Quotas.builder()
            .limit(Quota.OPS_PER_SECOND, 10)
            .limit(Quota.BYTES_PER_SECOND, 300)
            .limit(Quota.MESSAGES_PER_SECOND, 3)
            .limit(Quota.REQUESTS_PER_SECOND, 5)
            .build();
    QuotaTracker rests = new QuotaTracker(quotas, 0);
    QuotaTracker never = new QuotaTracker(quotas, 0);
    long now = 0;
    for (Attempt attempt : attempts) {
      now += attempt.elapsed() * (attempt.bytes() % 10 == 0 ? 10 : 1);
      rests.rest(now);
      assertThat(rests.usage(now, 0, Account.of(quotas)))
          .isEqualTo(never.usage(now, 0, Account.of(quotas)));
      assertThat(rests.request(now)).isEqualTo(never.request(now));
      assertThat(rests.operation(attempt.bytes(), now))
          .isEqualTo(never.operation(attempt.bytes(), now));
      assertThat(rests.messages(1, attempt.bytes(), now))
          .isEqualTo(never.messages(1, attempt.bytes(), now));
    }
  }

  @Test
  void aTrackerThatHasAdmittedNothingLatelyHasNothingToKeep() {
    QuotaTracker tracker = new QuotaTracker(STRICT, 0);
    assertThat(tracker.use(0, EPOCH)).isEmpty();
    tracker.request(0);
    tracker.operation(100, 0);
    tracker.messages(1, 100, 0);
    assertThat(tracker.use(0, EPOCH))
        .contains(new FlowUse(EPOCH, new FlowUse.Bucket(1, 20, 10), 1, 200, 1));
    assertThat(tracker.use(2 * SECOND, EPOCH + 2_000)).isEmpty();
  }

  @Test
  void flowsWithoutALimitAreNotKept() {
    QuotaTracker tracker = new QuotaTracker(Quotas.builder().build(), 0);
    tracker.request(0);
    tracker.operation(100, 0);
    tracker.messages(1, 100, 0);
    assertThat(tracker.use(0, EPOCH)).isEmpty();
  }

  @Test
  void bytesThatWereReadBeyondTheLimitBlockAfterARestartToo() {
    QuotaTracker tracker = new QuotaTracker(STRICT, 0);
    tracker.bytesRead(5_000, 0);
    QuotaTracker next = restarted(tracker, STRICT, 0);
    assertThat(next.operation(1, 0)).isNotNull();
    assertThat(next.operation(1, SECOND)).isNull();
  }

  @Test
  void whatWasUsedInAWindowThatIsOverDoesNotCountAfterARestart() {
    long window = WindowShape.SECOND.windowMs();
    FlowUse full = new FlowUse(EPOCH, FlowUse.Bucket.of(0), 5, 0, 0);
    QuotaTracker soon = new QuotaTracker(STRICT, 0);
    soon.resume(full, EPOCH + window, 0);
    assertThat(soon.request(0)).isNotNull();

    QuotaTracker later = new QuotaTracker(STRICT, 0);
    later.resume(full, EPOCH + window + 1, 0);
    assertThat(later.request(0)).isNull();
  }

  @Test
  void aClockThatGoesBackRegainsNothing() {
    QuotaTracker tracker = new QuotaTracker(STRICT, 0);
    FlowUse later = new FlowUse(EPOCH + 60_000, FlowUse.Bucket.of(4), 0, 0, 0);
    tracker.resume(later, EPOCH, 0);
    assertThat(tracker.rateStatus(0).remaining()).isEqualTo(STRICT.limit(Quota.BURST) - 4);
  }

  @Property
  void aTrackerThatIsRestartedNowAndThenAdmitsNoMoreThanItsLimits(
      @ForAll("attempts") List<Attempt> attempts) {
    QuotaTracker tracker = new QuotaTracker(STRICT, 0);
    List<Long> operations = new ArrayList<>();
    List<Long> requests = new ArrayList<>();
    long now = 0;
    for (Attempt attempt : attempts) {
      now += attempt.elapsed();
      if (attempt.bytes() % 3 == 0) {
        tracker = restarted(tracker, STRICT, now);
      }
      for (int i = 0; i < 4; i++) {
        if (tracker.request(now) == null) {
          requests.add(now);
        }
        if (tracker.operation(1, now) == null) {
          operations.add(now);
        }
      }
    }
    assertNoStretchHoldsMore(operations, 10, 20);
    assertThat(mostWithin(requests, SECOND - SECOND / 10)).isLessThanOrEqualTo(5);
  }

  private static QuotaTracker restarted(QuotaTracker before, Quotas quotas, long now) {
    long epochMs = EPOCH + now / 1_000_000;
    QuotaTracker next = new QuotaTracker(quotas, now);
    before.use(now, epochMs).ifPresent(use -> next.resume(use, epochMs, now));
    return next;
  }

  private static void assertNoStretchHoldsMore(List<Long> times, long burst, long rate) {
    for (int from = 0; from < times.size(); from++) {
      for (int to = from; to < times.size(); to++) {
        long beyondBurst = to - from + 1 - burst;
        assertThat(beyondBurst * SECOND)
            .isLessThanOrEqualTo(rate * (times.get(to) - times.get(from)));
      }
    }
  }

  private static long mostWithin(List<Long> times, long window) {
    return times.stream()
        .mapToLong(start -> times.stream().filter(it -> it >= start && it < start + window).count())
        .max()
        .orElse(0);
  }

  @Provide
  Arbitrary<List<Attempt>> attempts() {
    Arbitrary<Long> elapsed = Arbitraries.longs().between(0, SECOND / 5);
    Arbitrary<Long> bytes = Arbitraries.longs().between(0, 320);
    return Combinators.combine(elapsed, bytes).as(Attempt::new).list().ofMaxSize(80);
  }

  record Attempt(long elapsed, long bytes) {}
}
