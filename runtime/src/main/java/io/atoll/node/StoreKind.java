package io.atoll.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.Locale;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;

/** Where a node keeps everything: {@code atoll.store}. */
enum StoreKind {
  EMBEDDED("atoll.journal", "atoll.snapshot-store") {
    @Override
    Stores open(ActorSystem<?> system) {
      return new EmbeddedStores(system);
    }
  },
  CASSANDRA("atoll.cassandra.journal", "atoll.cassandra.snapshot-store") {
    @Override
    Stores open(ActorSystem<?> system) {
      return new CassandraStores(system);
    }
  };

  private static final String KEY = "atoll.store";

  private final String journal;
  private final String snapshots;

  StoreKind(String journal, String snapshots) {
    this.journal = journal;
    this.snapshots = snapshots;
  }

  /** Reads the key; fails with {@code ConfigException}. */
  static StoreKind from(Config config) {
    String name = config.getString(KEY);
    for (StoreKind kind : values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    throw new ConfigException.BadValue(KEY, "must be embedded or cassandra, not " + name);
  }

  /** The configuration with the plugins that this store is reached by. */
  Config configure(Config config) {
    Map<String, String> plugins =
        Map.of(
            "pekko.persistence.journal.plugin",
            journal,
            "pekko.persistence.snapshot-store.plugin",
            snapshots,
            "atoll.map.read-journal",
            journal + ".query",
            "atoll.ledger.read-journal",
            journal + ".query");
    return ConfigFactory.parseMap(plugins, KEY).withFallback(config);
  }

  /**
   * Opens the store. Blocks; fails with {@link io.atoll.store.StoreRefusedException} when it cannot
   * be used.
   */
  abstract Stores open(ActorSystem<?> system);
}
