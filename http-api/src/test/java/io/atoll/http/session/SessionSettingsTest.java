package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
  private static final Config DEFAULTS = ConfigFactory.parseResources("session.conf");

  @Test
  void theDefaultsAreThese() {
    assertThat(SessionSettings.from(DEFAULTS, 1 << 20))
        .isEqualTo(
            new SessionSettings(
                50_000,
                1 << 20,
                4_000,
                16 << 20,
                64 << 20,
                64,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5)));
  }

  @Test
  void everyKeyHasItsField() {
    Config config =
        ConfigFactory.parseString(
                """
                atoll.session {
                  max-frame-requests = 1, max-in-flight-operations = 2, max-in-flight-bytes = 3
                  max-pending-bytes = 4, max-watches = 5, auth-timeout = 6 s, request-timeout = 7 s
                  heartbeat-interval = 8 s, stop-timeout = 9 s
                }
                """)
            .withFallback(DEFAULTS);

    assertThat(SessionSettings.from(config, 10))
        .isEqualTo(
            new SessionSettings(
                1,
                10,
                2,
                3,
                4,
                5,
                Duration.ofSeconds(6),
                Duration.ofSeconds(7),
                Duration.ofSeconds(8),
                Duration.ofSeconds(9)));
  }
}
