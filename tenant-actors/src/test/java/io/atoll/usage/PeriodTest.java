package io.atoll.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PeriodTest {
  private static UsageBucket minute(long minute, long writes, long storage, long peak) {
    return new UsageBucket(minute, 1, writes, 2, storage, 3, 4, peak, 5, 6, 7, 8);
  }

  @Test
  void minutesAreSummedToHours() {
    List<UsageBucket> hours =
        Period.HOUR.sum(
            List.of(minute(60, 10, 111, 3), minute(119, 5, 222, 2), minute(120, 1, 333, 1)));
    assertThat(hours)
        .containsExactly(
            new UsageBucket(60, 2, 15, 4, 222, 6, 8, 3, 10, 12, 14, 16),
            new UsageBucket(120, 1, 1, 2, 333, 3, 4, 1, 5, 6, 7, 8));
  }

  @Test
  void theOrderInWhichMinutesComeDoesNotMatter() {
    List<UsageBucket> minutes =
        List.of(minute(3, 1, 30, 1), minute(1, 1, 10, 1), minute(2, 1, 20, 1));
    assertThat(Period.DAY.sum(minutes))
        .isEqualTo(Period.DAY.sum(minutes.reversed()))
        .extracting(UsageBucket::storageBytes)
        .containsExactly(30L);
  }

  @Test
  void minutesStayMinutesAndNothingStaysNothing() {
    List<UsageBucket> minutes = List.of(minute(1, 1, 10, 1), minute(2, 2, 20, 2));
    assertThat(Period.MINUTE.sum(minutes)).isEqualTo(minutes);
    assertThat(Period.DAY.sum(List.of())).isEmpty();
  }

  @Test
  void twoBucketsOfOneMinuteAreAddedAndTheOthersStorageStays() {
    assertThat(minute(5, 1, 10, 4).plus(minute(5, 2, 20, 3)))
        .isEqualTo(new UsageBucket(5, 2, 3, 4, 20, 6, 8, 4, 10, 12, 14, 16));
    assertThat(minute(6, 1, 10, 1).plus(minute(5, 1, 20, 1)))
        .extracting(UsageBucket::minute, UsageBucket::storageBytes)
        .containsExactly(5L, 10L);
    assertThat(UsageBucket.empty(5).plus(UsageBucket.empty(5))).isEqualTo(UsageBucket.empty(5));
  }

  @Test
  void periodsAreFoundByName() {
    assertThat(Period.byName("hour")).contains(Period.HOUR);
    assertThat(Period.byName("HOUR")).isEmpty();
    assertThat(Period.DAY.apiName()).isEqualTo("day");
    assertThat(Period.DAY.minutes()).isEqualTo(1440);
  }

  @Property
  void hoursAndDaysBeginInUtc(@ForAll @LongRange(min = -30_000_000, max = 60_000_000) long minute) {
    Instant at = Instant.EPOCH.plus(Duration.ofMinutes(minute));
    Instant hour = Instant.EPOCH.plus(Duration.ofMinutes(Period.HOUR.start(minute)));
    Instant day = Instant.EPOCH.plus(Duration.ofMinutes(Period.DAY.start(minute)));
    assertThat(hour).isEqualTo(at.truncatedTo(ChronoUnit.HOURS));
    assertThat(day)
        .isEqualTo(
            at.atOffset(ZoneOffset.UTC).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  @Property
  void theSumOfHoursIsTheSumOfMinutes(@ForAll("minutes") List<UsageBucket> minutes) {
    List<UsageBucket> days = Period.DAY.sum(minutes);
    assertThat(Period.DAY.sum(Period.HOUR.sum(minutes))).isEqualTo(days);
    assertThat(days).isSortedAccordingTo(Comparator.comparingLong(UsageBucket::minute));
    assertThat(writes(days)).isEqualTo(writes(minutes));
  }

  private static long writes(List<UsageBucket> buckets) {
    return buckets.stream().mapToLong(UsageBucket::writeOps).sum();
  }

  @Provide
  Arbitrary<List<UsageBucket>> minutes() {
    return Arbitraries.longs()
        .between(0, 10_000)
        .set()
        .ofMaxSize(50)
        .map(set -> set.stream().mapToLong(Long::longValue))
        .map(PeriodTest::buckets);
  }

  private static List<UsageBucket> buckets(LongStream minutes) {
    return minutes.mapToObj(minute -> minute(minute, minute % 7, minute, minute % 5)).toList();
  }
}
