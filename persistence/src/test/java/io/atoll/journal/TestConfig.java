package io.atoll.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Map;

/** The configuration of an actor system over an embedded store in a test's folder. */
final class TestConfig {
  private TestConfig() {}

  static Config in(Path folder) {
    return ConfigFactory.parseMap(
            Map.of(
                "atoll.data-folder", folder.toString(),
                "pekko.persistence.journal.plugin", "atoll.journal",
                "pekko.persistence.snapshot-store.plugin", "atoll.snapshot-store",
                "pekko.actor.allow-java-serialization", "off",
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                "pekko.loglevel", "WARNING"))
        .withFallback(ConfigFactory.load());
  }
}
