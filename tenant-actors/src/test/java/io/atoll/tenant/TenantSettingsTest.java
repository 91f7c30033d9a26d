package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.atoll.ledger.LedgerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantSettingsTest {
  @Test
  void everyKeyHasItsDefaultAndItsField() {
    assertThat(TenantSettings.from(ConfigFactory.load()))
        .isEqualTo(
            new TenantSettings(
                Duration.ofMinutes(2),
                0.3,
                Duration.ofSeconds(10),
                Duration.ofDays(30),
                1_000,
                65_536,
                4_000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(250),
                100));
    assertThat(LedgerSettings.from(ConfigFactory.load()))
        .isEqualTo(
            new LedgerSettings(
                Duration.ofSeconds(1),
                10,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                50,
                8,
                "atoll.journal.query"));
  }

  @Test
  void aWrongValueIsRefusedByItsKey() {
    assertThatThrownBy(() ->
            TenantSettings.from(
                ConfigFactory.parseString("atoll.tenant.max-keys = many")
                    .withFallback(ConfigFactory.load())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("max-keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.1", "1.1"})
  void aShareOfMemoryIsAPartOfTheWhole(String share) {
    assertThatThrownBy(() ->
            TenantSettings.from(
                ConfigFactory.parseString("atoll.tenant.hot-memory-share = " + share)
                    .withFallback(ConfigFactory.load())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("hot-memory-share");
  }
}
