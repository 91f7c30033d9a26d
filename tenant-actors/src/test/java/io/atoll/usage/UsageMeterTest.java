package io.atoll.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UsageMeterTest {
  private static final long MINUTE = 60_000;
  private static final long START = 100 * MINUTE;

  private final UsageMeter meter = new UsageMeter(START);

  @Test
  void everythingIsCountedInItsMinute() {
    meter.read(START, 10);
    meter.read(START + 1, 20);
    meter.write(START + 2, 3, 300, 250);
    meter.bytesOut(START + 3, 77);
    meter.rejected(START + 4, 5);
    meter.messages(START + 5, 6, 7);
    assertThat(meter.snapshot(START + 6))
        .containsExactly(new UsageBucket(100, 2, 3, 5, 250, 250, 0, 0, 330, 77, 6, 7));
  }

  @Test
  void aMinuteWithoutUseLeavesNoBucket() {
    assertThat(meter.snapshot(START + 10 * MINUTE)).isEmpty();
    meter.disconnected(START + 11 * MINUTE, 1);
    assertThat(meter.drain(START + 20 * MINUTE)).isEmpty();
  }

  @Test
  void onlyMinutesThatAreOverAreDrainedAndOnlyOnce() {
    meter.read(START, 1);
    meter.read(START + MINUTE, 2);
    assertThat(meter.drain(START + MINUTE)).extracting(UsageBucket::minute).containsExactly(100L);
    assertThat(meter.drain(START + MINUTE)).isEmpty();
    assertThat(meter.snapshot(START + MINUTE))
        .extracting(UsageBucket::minute)
        .containsExactly(101L);
    assertThat(meter.snapshot(START + MINUTE)).hasSize(1);
  }

  @Test
  void whatIsTakenTogetherWithWhatFollowsIsTheWholeMinute() {
    meter.storage(500);
    meter.connected(START, 2);
    meter.read(START, 1);
    UsageBucket taken = meter.take(START + 1000).getFirst();
    meter.write(START + 2000, 1, 30, 20);
    UsageBucket rest = meter.take(START + 3000).getFirst();
    assertThat(taken.plus(rest))
        .isEqualTo(new UsageBucket(100, 1, 1, 0, 520, 20, 6000, 2, 31, 0, 0, 0));
    assertThat(meter.take(START + 3000)).isEmpty();
  }

  @Test
  void aClockThatGoesBackCountsIntoThePresentMinute() {
    meter.read(START + MINUTE, 1);
    meter.read(START, 2);
    assertThat(meter.snapshot(START))
        .extracting(UsageBucket::minute, UsageBucket::readOps)
        .containsExactly(tuple(101L, 2L));
  }

  @Test
  void connectionsAreIntegratedOverTime() {
    meter.connected(START + 30_000, 1);
    meter.connected(START + 45_000, 1);
    meter.disconnected(START + 50_000, 1);
    meter.connected(START + 55_000, 1);
    List<UsageBucket> buckets = meter.snapshot(START + MINUTE);
    assertThat(buckets).hasSize(1);
    assertThat(buckets.getFirst().connectionMillis()).isEqualTo(15_000 + 10_000 + 5_000 + 10_000);
    assertThat(buckets.getFirst().peakConnections()).isEqualTo(2);
  }

  @Test
  void connectionTimeIsSplitAtTheBordersOfMinutes() {
    meter.connected(START + 59_999, 3);
    meter.disconnected(START + 3 * MINUTE + 1, 3);
    assertThat(meter.snapshot(START + 9 * MINUTE))
        .extracting(UsageBucket::minute, UsageBucket::connectionMillis)
        .containsExactly(
            tuple(100L, 3L), tuple(101L, 180_000L), tuple(102L, 180_000L), tuple(103L, 3L));
    assertThat(meter.snapshot(START + 9 * MINUTE))
        .extracting(UsageBucket::peakConnections)
        .containsOnly(3L);
  }

  @Test
  void aConnectionThatClosesAtOnceStillIsAPeak() {
    meter.connected(START, 1);
    meter.disconnected(START, 1);
    assertThat(meter.snapshot(START))
        .containsExactly(new UsageBucket(100, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void moreClosedThanOpenedIsNoneOpen() {
    meter.connected(START, 1);
    meter.disconnected(START + 10, 5);
    meter.connected(START + 20, 1);
    assertThat(meter.snapshot(START + 30).getFirst().connectionMillis()).isEqualTo(20);
  }

  @Test
  void theStorageLevelIsThatAtTheEndOfTheMinute() {
    meter.storage(1000);
    meter.write(START, 1, 10, -400);
    meter.write(START + 1, 1, 10, 50);
    meter.read(START + MINUTE, 1);
    assertThat(meter.snapshot(START + MINUTE))
        .extracting(UsageBucket::storageBytes, UsageBucket::storageDelta)
        .containsExactly(tuple(650L, -350L), tuple(650L, 0L));
  }

  @Test
  void theStorageLevelIsNeverNegative() {
    meter.storage(-5);
    meter.read(START, 0);
    assertThat(meter.snapshot(START).getFirst().storageBytes()).isZero();
    meter.write(START, 1, 0, -100);
    assertThat(meter.snapshot(START).getFirst().storageBytes()).isZero();
  }

  @Test
  void aMinuteThatWasCountedInPartGoesOn() {
    meter.read(START, 10);
    meter.write(START, 1, 5, 100);
    UsageBucket part = meter.snapshot(START).getFirst();
    UsageMeter restarted = new UsageMeter(START);
    restarted.resume(part);
    restarted.read(START + 10, 1);
    assertThat(restarted.snapshot(START + 20))
        .containsExactly(new UsageBucket(100, 2, 1, 0, 100, 100, 0, 0, 16, 0, 0, 0));
  }

  @Test
  void whatWasCountedElsewhereIsAddedToTheMinuteInWhichItHappened() {
    meter.storage(50);
    meter.read(START + MINUTE, 1);
    meter.add(new UsageBucket(100, 1, 2, 3, 0, 40, 5, 6, 7, 8, 9, 10));
    meter.add(new UsageBucket(100, 1, 0, 0, 0, -10, 0, 2, 0, 0, 0, 0));
    assertThat(meter.drain(START + MINUTE))
        .containsExactly(new UsageBucket(100, 2, 2, 3, 80, 30, 5, 6, 7, 8, 9, 10));
    meter.read(START + MINUTE, 1);
    assertThat(meter.snapshot(START + MINUTE).getFirst().storageBytes()).isEqualTo(80);
  }

  @Property
  void drainedAndLeftTogetherAreWhatHappened(@ForAll("events") List<Event> events) {
    UsageMeter random = new UsageMeter(START);
    List<UsageBucket> all = new ArrayList<>();
    long now = START;
    long active = 0;
    long connectionMillis = 0;
    long reads = 0;
    for (Event event : events) {
      connectionMillis += active * event.elapsed();
      now += event.elapsed();
      switch (event.kind()) {
        case READ -> {
          random.read(now, 1);
          reads++;
        }
        case OPEN -> {
          random.connected(now, 1);
          active++;
        }
        case CLOSE -> {
          random.disconnected(now, 1);
          active = Math.max(0, active - 1);
        }
        case DRAIN -> all.addAll(random.drain(now));
      }
    }
    all.addAll(random.snapshot(now));
    assertThat(all).extracting(UsageBucket::minute).isSorted().doesNotHaveDuplicates();
    assertThat(all.stream().mapToLong(UsageBucket::readOps).sum()).isEqualTo(reads);
    assertThat(all.stream().mapToLong(UsageBucket::connectionMillis).sum())
        .isEqualTo(connectionMillis);
    assertThat(all)
        .allMatch(bucket -> bucket.connectionMillis() <= bucket.peakConnections() * MINUTE);
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Long> elapsed = Arbitraries.longs().between(0, 3 * MINUTE);
    Arbitrary<Kind> kind = Arbitraries.of(Kind.class);
    return Combinators.combine(elapsed, kind).as(Event::new).list().ofMaxSize(60);
  }

  enum Kind {
    READ,
    OPEN,
    CLOSE,
    DRAIN
  }

  record Event(long elapsed, Kind kind) {}
}
