package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.metrics.MetricsSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final Config reference = ConfigFactory.defaultReference();

  @Test
  void theDefaultsOfANodeAreThoseOfTheReference() {
    assertThat(NodeSettings.from(reference.getConfig("atoll.node")))
        .isEqualTo(
            new NodeSettings(
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5)));
  }

  @Test
  void theDefaultsOfMetricsAreThoseOfTheReference() {
    assertThat(MetricsSettings.from(reference.getConfig("atoll.metrics")))
        .isEqualTo(new MetricsSettings(64, Duration.ofMinutes(1), Duration.ofSeconds(10)));
  }

  @Test
  void pekkoWaitsLongerThanTheStepsOfAStopMayTake() {
    Config asked =
        ConfigFactory.parseString(
                """
                atoll.node.drain-timeout = 60s
                atoll.cluster.hand-over-timeout = 300s
                """)
            .withFallback(reference);

    Config phases =
        Drain.configure(asked, Settings.from(asked)).getConfig("pekko.coordinated-shutdown.phases");

    assertThat(phases.getDuration("before-service-unbind.timeout"))
        .isGreaterThan(Duration.ofMinutes(5));
    assertThat(phases.getDuration("service-unbind.timeout")).isGreaterThan(Duration.ofMinutes(1));
  }

  @Test
  void theDefaultsOfAllPartsCanBeRead() {
    assertThat(Settings.from(reference)).isNotNull();
  }
}
