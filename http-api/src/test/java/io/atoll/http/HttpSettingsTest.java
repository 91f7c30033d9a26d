package io.atoll.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.atoll.http.listener.ListenerSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
  @Test
  void theDefaultsAreThoseOfTheContract() {
    HttpSettings settings = HttpSettings.from(ConfigFactory.load());
    assertThat(settings.maxValueBytes()).isEqualTo(1 << 20);
    assertThat(settings.listener().port()).isEqualTo(8080);
    assertThat(settings.listener().tls()).isEmpty();
    assertThat(settings.listener().sizes())
        .isEqualTo(new ListenerSettings.Sizes(4 << 10, 16 << 10, 100, 8 << 20, 64 << 10, 64 << 10));
    assertThat(settings.listener().timeouts().head()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.gateway().denialMemory()).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.credentials().badPerSecond()).isEqualTo(20);
    assertThat(settings.credentials().keySetMinRefresh()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.credentials().issuers()).isEmpty();
  }

  @Test
  void eachKeyReachesItsField() {
    HttpSettings settings =
        HttpSettings.from(
            ConfigFactory.parseString(
                    """
                    atoll.http {
                      max-value-bytes = 7
                      listener { tls { certificate-file = c, key-file = k }
                                 trusted-proxies = ["10.0.0.0/8"], allowed-origins = ["https://a"] }
                      gateway { tenant-credit = 5 }
                      credentials.issuers = [{ issuer = i, audience = a, algorithms = [RS256],
                                               jwks-url = "https://i/keys", max-lifetime = 1h }]
                    }
                    """)
                .withFallback(ConfigFactory.load()));
    assertThat(settings.maxValueBytes()).isEqualTo(7);
    assertThat(settings.listener().tls().orElseThrow().key()).isEqualTo(Path.of("k"));
    assertThat(settings.listener().trustedProxies()).hasToString("[10.0.0.0/8]");
    assertThat(settings.listener().allowedOrigins()).containsExactly("https://a");
    assertThat(settings.gateway().tenantCredit()).isEqualTo(5);
    assertThat(settings.credentials().issuers().getFirst().maxLifetime())
        .isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, 99_999})
  void aPortThatIsNoneIsRefused(int port) {
    Config config =
        ConfigFactory.parseString("atoll.http.listener.port = " + port)
            .withFallback(ConfigFactory.load());
    assertThatThrownBy(() -> HttpSettings.from(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("atoll.http.listener.port")
        .hasMessageContaining("from 0 to 65535");
  }
}
