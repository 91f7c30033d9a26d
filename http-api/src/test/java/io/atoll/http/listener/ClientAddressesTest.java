package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {
  private final ClientAddresses addresses =
      new ClientAddresses(
          List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/33")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 1.2.3.4 | 192.0.2.1",
        "10.0.0.1 | 1.2.3.4 | 1.2.3.4",
        "10.0.0.1 | 6.6.6.6, 1.2.3.4 | 1.2.3.4",
        "10.0.0.1 | 1.2.3.4, 10.9.9.9 | 1.2.3.4",
        "10.0.0.1 | 1.2.3.4:5678 | 1.2.3.4",
        "10.0.0.1 | [2001:db9::1]:5 | 2001:db9::1",
        "10.0.0.1 | 2001:db8::7 | 2001:db8::7",
        "10.0.0.1 | localhost | 10.0.0.1",
        "10.0.0.1 | unknown, 10.0.0.2 | 10.0.0.2",
        "11.0.0.1 | 1.2.3.4 | 11.0.0.1"
      })
  void onlyTrustedHopsAreBelieved(String peer, String forwarded, String client) {
    HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", forwarded);
    assertThat(addresses.resolve(InetAddress.ofLiteral(peer), headers))
        .isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void theStandardHeaderServesAsWell() {
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .add("Forwarded", "for=\"[2001:db9::1]:4\";proto=https, for=10.1.1.1");
    assertThat(addresses.resolve(InetAddress.ofLiteral("10.0.0.1"), headers))
        .isEqualTo(InetAddress.ofLiteral("2001:db9::1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "example.com", "10.0.0.0/x", "::/129"})
  void aRangeThatIsNoneIsRefused(String range) {
    assertThatThrownBy(() -> AddressRange.parse(range))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
