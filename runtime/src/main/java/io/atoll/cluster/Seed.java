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
    int port = cluster.getInt("port");
    return name.isEmpty()
        ? listed.stream().map(Seed::parse).toList()
        : HostNames.all(name).stream().map(address -> new Seed(address, port)).toList();
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
