package io.atoll.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
  void plainHttpStaysOnThisMachine(String host) {
    assertThatCode(() -> check(host, "", false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void plainHttpForOthersIsRefused(String host) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> check(host, "", false))
        .withMessageContaining("plain HTTP on " + host);
  }

  @Test
  void tlsMayServeOthers() {
    assertThatCode(() -> check("0.0.0.0", "chain.pem", false)).doesNotThrowAnyException();
  }

  @Test
  void aProxyInFrontIsSaidExplicitly() {
    assertThatCode(() -> check("0.0.0.0", "", true)).doesNotThrowAnyException();
  }

  private static void check(String host, String certificate, boolean allowed) {
    PublicAddress.check(
        ConfigFactory.parseString(
            "allow-plain-http = %s, listener { host = \"%s\", tls.certificate-file = \"%s\" }"
                .formatted(allowed, host, certificate)));
  }
}
