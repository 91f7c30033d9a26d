package io.atoll.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Locale;

/** The {@code atoll.log} block: what is logged, how, and how many events may wait to be written. */
record LogSettings(Level level, Format format, int queue) {
  /** The least important events that are logged. */
  enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** How an event is written. */
  enum Format {
    TEXT,
    JSON
  }

  /** Reads the block; fails with {@code ConfigException}. */
  static LogSettings from(Config config) {
    return new LogSettings(
        enumOf(config, Level.class, "level"),
        enumOf(config, Format.class, "format"),
        config.getInt("queue"));
  }

  /** Enum values are written in lower case. */
  private static <E extends Enum<E>> E enumOf(Config config, Class<E> type, String key) {
    String name = config.getString(key).toUpperCase(Locale.ROOT);
    return config
        .withValue(key, ConfigValueFactory.fromAnyRef(name, "atoll.log"))
        .getEnum(type, key);
  }
}
