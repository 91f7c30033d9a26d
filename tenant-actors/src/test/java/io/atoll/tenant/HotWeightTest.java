package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.atoll.ledger.Watermark;
import io.atoll.map.MapSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotWeightTest {
  private final MapSettings settings = MapSettings.from(ConfigFactory.load());

  @Test
  void aTenantWithoutMapsInMemoryWeighsWhatItsActorsDo() {
    assertThat(HotWeight.of(List.of(), settings)).isEqualTo(HotWeight.TENANT);
  }

  @Test
  void aSmallMapWeighsItsEntriesAndALargeOneWhatIsNotInPages() {
    assertThat(HotWeight.of(List.of(map(1_000)), settings))
        .isEqualTo(HotWeight.TENANT + HotWeight.MAP + 2_000);
    assertThat(HotWeight.of(List.of(map(1L << 40)), settings))
        .isEqualTo(HotWeight.TENANT + HotWeight.MAP + 2 * settings.checkpointMaximumBytes());
  }

  @Test
  void aMapOfUnknownSizeWeighsWhatAnEmptyOneDoes() {
    assertThat(HotWeight.of(Arrays.asList(map(0), null), settings))
        .isEqualTo(HotWeight.TENANT + 2 * HotWeight.MAP);
  }

  private static Watermark map(long bytes) {
    return new Watermark("m", 1, 1, bytes);
  }
}
