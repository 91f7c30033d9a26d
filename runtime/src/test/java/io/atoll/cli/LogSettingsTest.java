package io.atoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class LogSettingsTest {
  @Test
  void theDefaultsAreThoseOfTheReference() {
    Config reference = ConfigFactory.defaultReference().getConfig("atoll.log");

    assertThat(LogSettings.from(reference))
        .isEqualTo(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT, 8192));
  }

  @Test
  void namesAreWrittenInLowerCase() {
    Config config = ConfigFactory.parseString("level = warn, format = json, queue = 7");

    assertThat(LogSettings.from(config))
        .isEqualTo(new LogSettings(LogSettings.Level.WARN, LogSettings.Format.JSON, 7));
  }

  @Test
  void anUnknownLevelIsRefusedByItsKey() {
    Config config = ConfigFactory.parseString("level = loud, format = json, queue = 7");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> LogSettings.from(config))
        .withMessageContaining("level");
  }
}
