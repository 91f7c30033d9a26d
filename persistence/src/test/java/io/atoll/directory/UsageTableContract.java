package io.atoll.directory;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.usage.UsageBucket;
import io.atoll.usage.UsageTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every usage table promises. */
public abstract class UsageTableContract {
  protected abstract UsageTable table();

  @Test
  void minutesComeBackAsTheyWereInOrder() {
    result(table().upsert("acme", 1, List.of(minute(12), minute(10), minute(11))));
    assertThat(result(table().read("acme", 1, 10, 13)))
        .containsExactly(minute(10), minute(11), minute(12));
  }

  @Test
  void theRangeHoldsItsBeginningAndNotItsEnd() {
    result(table().upsert("acme", 1, List.of(minute(9), minute(10), minute(11), minute(12))));
    assertThat(result(table().read("acme", 1, 10, 12)))
        .extracting(UsageBucket::minute)
        .containsExactly(10L, 11L);
    assertThat(result(table().read("acme", 1, 10, 10))).isEmpty();
    assertThat(result(table().read("acme", 1, 12, 10))).isEmpty();
    assertThat(result(table().read("acme", 1, -5, Long.MAX_VALUE))).hasSize(4);
  }

  @Test
  void theSameMinutesAgainChangeNothing() {
    result(table().upsert("acme", 1, List.of(minute(10))));
    result(table().upsert("acme", 1, List.of(minute(10))));
    assertThat(result(table().read("acme", 1, 0, 100))).containsExactly(minute(10));
  }

  @Test
  void aMinuteIsReplacedByItsNewValues() {
    UsageBucket more = minute(10).plus(minute(10));
    result(table().upsert("acme", 1, List.of(minute(10))));
    result(table().upsert("acme", 1, List.of(more)));
    assertThat(result(table().read("acme", 1, 0, 100))).containsExactly(more);
  }

  @Test
  void tenantsAndIncarnationsAreApart() {
    result(table().upsert("acme", 1, List.of(minute(10))));
    result(table().upsert("acme", 2, List.of(minute(11))));
    result(table().upsert("acme1", 1, List.of(minute(12))));
    assertThat(result(table().read("acme", 1, 0, 100))).containsExactly(minute(10));
    assertThat(result(table().read("acme", 2, 0, 100))).containsExactly(minute(11));
    assertThat(result(table().read("acme1", 1, 0, 100))).containsExactly(minute(12));
    assertThat(result(table().read("nobody", 1, 0, 100))).isEmpty();
  }

  @Test
  void erasingTakesOneIncarnationOfOneTenantOnly() {
    result(table().upsert("acme", 1, List.of(minute(10))));
    result(table().upsert("acme", 2, List.of(minute(10))));
    result(table().upsert("acme1", 1, List.of(minute(10))));
    result(table().erase("acme", 1));
    result(table().erase("acme", 1));
    assertThat(result(table().read("acme", 1, 0, 100))).isEmpty();
    assertThat(result(table().read("acme", 2, 0, 100))).hasSize(1);
    assertThat(result(table().read("acme1", 1, 0, 100))).hasSize(1);
  }

  private static UsageBucket minute(long minute) {
    return new UsageBucket(minute, 1, 2, 3, 4, -5, 6, 7, 8, 9, 10, Long.MAX_VALUE / 2);
  }
}
