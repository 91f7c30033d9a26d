package io.atoll.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.atoll.node.NodeStart;

/** A configuration that a node can run with. */
record CheckedConfiguration(Config config, ServeSettings serve) {
  /** Checks all of it; fails with {@link ConfigurationException}. */
  static CheckedConfiguration of(Config config) {
    try {
      ServeSettings serve = ServeSettings.from(config.getConfig("atoll"));
      PublicAddress.check(config.getConfig("atoll.http"));
      NodeStart.check(config);
      return new CheckedConfiguration(config, serve);
    } catch (ConfigException wrong) {
      throw new ConfigurationException(ConfigurationLoader.oneLine(wrong));
    }
  }
}
