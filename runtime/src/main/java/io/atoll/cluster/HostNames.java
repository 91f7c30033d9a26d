package io.atoll.cluster;

import com.typesafe.config.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Looks host names up. */
final class HostNames {
  private HostNames() {}

  /** Whether only this machine reaches the host. */
  static boolean isLoopback(String host) {
    return Arrays.stream(lookUp(host)).allMatch(InetAddress::isLoopbackAddress);
  }

  /** All addresses of a name, in an order that is the same on every node. */
  static List<String> all(String name) {
    return Arrays.stream(lookUp(name))
        .sorted(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static InetAddress[] lookUp(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      throw new ConfigException.BadValue("atoll.cluster", "names an unknown host: " + host);
    }
  }
}
