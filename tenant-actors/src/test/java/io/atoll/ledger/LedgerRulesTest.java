package io.atoll.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.ledger.LedgerEvent.MinutesMetered;
import io.atoll.usage.UsageBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerRulesTest {
  private static final long OPEN = Long.MIN_VALUE;

  @Test
  void anEventHoldsAbsoluteValuesOfTheMinutesThatChanged() {
    LedgerState state = after(LedgerState.EMPTY, OPEN, writes(5, 2, 10), writes(6, 1, 1));
    MinutesMetered event = LedgerRules.meter(state, List.of(writes(6, 3, 0)), List.of(), OPEN);

    assertThat(event.minutes()).containsExactly(bucket(6, 4, 1, 11));
  }

  @Test
  void aMinuteThatGrowsLiftsTheLevelOfThoseAfterIt() {
    LedgerState state = after(LedgerState.EMPTY, OPEN, writes(5, 1, 10), writes(7, 1, 5));
    MinutesMetered event = LedgerRules.meter(state, List.of(writes(6, 1, 100)), List.of(), OPEN);

    assertThat(event.minutes()).containsExactly(bucket(6, 1, 100, 110), bucket(7, 1, 5, 115));
  }

  @Test
  void aClosedMinuteTakesNothingMoreAndKeepsItsLevel() {
    LedgerState state = after(LedgerState.EMPTY, OPEN, writes(5, 1, 10), writes(6, 1, 5));
    LedgerState closed = after(state, 5, writes(6, 1, 0));
    MinutesMetered late = LedgerRules.meter(closed, List.of(writes(3, 1, 7)), List.of(), OPEN);

    assertThat(closed.minutes().keySet()).containsExactly(6L);
    assertThat(late.minutes()).containsExactly(bucket(6, 3, 12, 22));
    assertThat(late.closedThrough()).isEqualTo(5);
  }

  @Test
  void aMinuteIsClosedOnlyWhenItIsOldAndShipped() {
    assertThat(LedgerRules.closable(100, 10, Long.MAX_VALUE)).isEqualTo(90);
    assertThat(LedgerRules.closable(100, 10, 50)).isEqualTo(49);
  }

  @Test
  void zeroUsageWritesNoMinute() {
    assertThat(LedgerRules.meter(LedgerState.EMPTY, List.of(), List.of(), OPEN).minutes())
        .isEmpty();
  }

  @Test
  void howeverCountsAreCutAndOrderedTheirSumsAreTheSame() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      TreeMap<Long, UsageBucket> expected = new TreeMap<>();
      TreeMap<Long, UsageBucket> table = new TreeMap<>();
      LedgerState state = LedgerState.EMPTY;
      long level = 0;
      for (int i = 0; i < 40; i++) {
        List<UsageBucket> counted = new ArrayList<>();
        for (int j = random.nextInt(4); j > 0; j--) {
          UsageBucket count = writes(i / 4 + random.nextInt(3), 1, random.nextInt(100));
          counted.add(count);
          expected.merge(count.minute(), count, UsageBucket::plus);
          level += count.storageDelta();
        }
        MinutesMetered event = LedgerRules.meter(state, counted, List.of(), i / 4 - 1L);
        event.minutes().forEach(minute -> table.put(minute.minute(), minute));
        state = state.apply(event);
      }

      assertThat(table.keySet()).isEqualTo(expected.keySet());
      expected.forEach((minute, bucket) -> {
        assertThat(table.get(minute).writeOps()).isEqualTo(bucket.writeOps());
        assertThat(table.get(minute).storageDelta()).isEqualTo(bucket.storageDelta());
      });
      assertThat(table.lastEntry().getValue().storageBytes()).isEqualTo(level);
    }
  }

  private static LedgerState after(LedgerState state, long closed, UsageBucket... counted) {
    return state.apply(LedgerRules.meter(state, List.of(counted), List.of(), closed));
  }

  private static UsageBucket writes(long minute, long writes, long storageDelta) {
    return bucket(minute, writes, storageDelta, 0);
  }

  private static UsageBucket bucket(long minute, long writes, long delta, long storage) {
    return new UsageBucket(minute, 0, writes, 0, storage, delta, 0, 0, 0, 0, 0, 0);
  }
}
