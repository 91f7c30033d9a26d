package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
  private static final long MEBIBYTE = 1024L * 1024;

  @Test
  void theDefaultsAreSafe() {
    assertThat(StoreSettings.from(defaults()))
        .isEqualTo(
            new StoreSettings(
                Path.of("data"),
                true,
                64 * MEBIBYTE,
                16_384,
                64 * MEBIBYTE,
                4 * MEBIBYTE,
                Duration.ofSeconds(5),
                64 * MEBIBYTE,
                96 * MEBIBYTE,
                512 * MEBIBYTE));
  }

  @Test
  void eachKeyHasItsPlace() {
    Config changed =
        ConfigFactory.parseString(
            """
            atoll.data-folder = other
            atoll.journal {
              fsync = off
              min-free-bytes = 1
              queued-writes = 2
              queued-bytes = 3
              commit-bytes = 4
              stalled-after = 5 ms
              cache-bytes = 6
              buffer-bytes = 7
              verify-bytes = 8
            }
            """);
    assertThat(StoreSettings.from(changed.withFallback(defaults())))
        .isEqualTo(
            new StoreSettings(Path.of("other"), false, 1, 2, 3, 4, Duration.ofMillis(5), 6, 7, 8));
  }

  private static Config defaults() {
    return ConfigFactory.parseResources("reference.conf").resolve();
  }
}
