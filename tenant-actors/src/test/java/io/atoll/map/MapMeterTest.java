package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.usage.UsageBucket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MapMeterTest {
  private static final long MINUTE = 60_000;

  private final MapMeter meter = new MapMeter();

  @Property
  void eachMinuteHasWhatHappenedInItAndTheyComeInOrder(
      @ForAll List<@LongRange(max = 10 * MINUTE) Long> times) {
    MapMeter counting = new MapMeter();
    Map<Long, Long> expected = new TreeMap<>();
    for (long at : times) {
      counting.read(at, 1);
      expected.merge(at / MINUTE, 1L, Long::sum);
    }
    assertThat(counting.drain())
        .containsExactlyElementsOf(
            expected.entrySet().stream()
                .map(minute -> reads(minute.getKey(), minute.getValue()))
                .toList());
  }

  @Test
  void whatIsTakenIsNotTakenAgain() {
    meter.write(MINUTE, 2, 30, 20);
    meter.bytesOut(MINUTE, 5);
    assertThat(meter.drain())
        .containsExactly(new UsageBucket(1, 0, 2, 0, 0, 20, 0, 0, 30, 5, 0, 0));
    assertThat(meter.drain()).isEmpty();

    meter.rejected(MINUTE + 1, 3);
    assertThat(meter.drain()).containsExactly(new UsageBucket(1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  private static UsageBucket reads(long minute, long count) {
    return new UsageBucket(minute, count, 0, 0, 0, 0, 0, 0, count, 0, 0, 0);
  }
}
