package io.atoll.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;

/** A node that others join by. */
public record Seed(String host, int port) {
  private static final int LARGEST_PORT = 65_535;

  /** The nodes of the list, or the addresses of the name, each with this node's own port. */
  static List<Seed> all(Config cluster) {
    List<String> listed = cluster.getStringList("seed-nodes");
    String name = cluster.getString("seed-name");
    if (!listed.isEmpty() && !name.isEmpty()) {
      throw wrong("seed-name", "cannot be set together with seed-nodes");
    }
    return name.isEmpty() ? listed.stream().map(Seed::parse).toList() : named(name, cluster);
  }

  /**
   * Nodes that are found by their addresses must be known by them, or they do not hear; a name may
   * have addresses of two kinds, and each node is known by one.
   */
  private static List<Seed> named(String name, Config cluster) {
    String host = cluster.getString("host");
    String address = HostNames.address(host).orElse("");
    if (!address.equals(host)) {
      throw new ConfigException.BadValue(
          "atoll.cluster.host",
          "must be "
              + (address.isEmpty() ? "an IP address of this node" : address)
              + ", not "
              + host
              + ", where atoll.cluster.seed-name finds the nodes by their addresses");
    }
    int port = cluster.getInt("port");
    List<Seed> seeds =
        HostNames.all(name).stream()
            .filter(found -> found.startsWith("[") == host.startsWith("["))
            .map(found -> new Seed(found, port))
            .toList();
    if (seeds.isEmpty()) {
      throw wrong("seed-name", name + " has no address of the kind (IPv4, IPv6) of " + host);
    }
    return seeds;
  }

  /** Reads {@code host:port}; an IPv6 address stands in brackets. */
  private static Seed parse(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon <= 0 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > LARGEST_PORT) {
      throw wrong("seed-nodes", "holds " + text + ", which is not host:port");
    }
    return new Seed(text.substring(0, colon), Integer.parseInt(port));
  }

  private static ConfigException wrong(String key, String what) {
    return new ConfigException.BadValue("atoll.cluster." + key, what);
  }

  /** The name of the node: host:port. */
  String name() {
    return host + ":" + port;
  }
}
