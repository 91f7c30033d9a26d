package io.atoll.usage;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The lengths of time in which usage is told. Hours and days begin in UTC. */
public enum Period {
  MINUTE(1),
  HOUR(60),
  DAY(1440);

  private final long minutes;

  Period(long minutes) {
    this.minutes = minutes;
  }

  /** The name in the API: {@code minute}, {@code hour}, {@code day}. */
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Period> byName(String name) {
    return Arrays.stream(values()).filter(period -> period.apiName().equals(name)).findFirst();
  }

  /** Minutes in the period. */
  public long minutes() {
    return minutes;
  }

  /** The epoch minute at which the period that holds this minute begins. */
  public long start(long minute) {
    return Math.floorDiv(minute, minutes) * minutes;
  }

  /** Sums buckets of minutes, in any order, to buckets of this period in the order of time. */
  public List<UsageBucket> sum(List<UsageBucket> buckets) {
    TreeMap<Long, UsageBucket> sums = new TreeMap<>();
    buckets.stream()
        .sorted(Comparator.comparingLong(UsageBucket::minute))
        .forEach(bucket -> sums.merge(start(bucket.minute()), bucket, Period::later));
    return sums.entrySet().stream().map(sum -> sum.getValue().at(sum.getKey())).toList();
  }

  /** The sum carries the minute of the later bucket, so that the next one is compared with that. */
  private static UsageBucket later(UsageBucket sum, UsageBucket next) {
    return sum.plus(next).at(next.minute());
  }
}
