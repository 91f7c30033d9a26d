package io.atoll.cluster;

import com.typesafe.config.ConfigException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks host names up. */
final class HostNames {
  private HostNames() {}

  /** Whether only this machine reaches the host. */
  static boolean isLoopback(String host) {
    return Arrays.stream(lookUp(host)).allMatch(InetAddress::isLoopbackAddress);
  }

  /** All addresses of a name, in an order that is the same on every node, IPv6 in brackets. */
  static List<String> all(String name) {
    return Arrays.stream(lookUp(name))
        .sorted(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
        .map(HostNames::text)
        .toList();
  }

  /** The address that this is, as nodes write it; empty when it is a name. */
  static Optional<String> address(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    try {
      return Optional.of(
          text(InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host)));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  private static String text(InetAddress address) {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }

  private static InetAddress[] lookUp(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      throw new ConfigException.BadValue("atoll.cluster", "names an unknown host: " + host);
    }
  }
}
