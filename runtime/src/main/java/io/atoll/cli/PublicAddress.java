package io.atoll.cli;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Credentials travel in every request, so they leave the machine over TLS or not at all. */
final class PublicAddress {
  private PublicAddress() {}

  /** Refuses plain HTTP on an address that others can reach, unless the configuration allows it. */
  static void check(Config http) {
    String host = http.getString("listener.host");
    boolean plain = http.getString("listener.tls.certificate-file").isEmpty();
    if (plain && !http.getBoolean("allow-plain-http") && !isLoopback(host)) {
      throw new ConfigurationException(
          "plain HTTP on "
              + host
              + " would show every key to the network: configure"
              + " atoll.http.listener.tls, or set atoll.http.allow-plain-http = on behind a TLS"
              + " proxy");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new ConfigurationException("unknown host " + host);
    }
  }
}
