package io.atoll.cli;

import com.typesafe.config.Config;
import java.nio.file.Path;

/** What {@code serve} itself needs: the data folder, the configured admin key if any, the log. */
record ServeSettings(Path data, String adminKey, LogSettings log) {
  /** Reads the block {@code atoll}; fails with {@code ConfigException}. */
  static ServeSettings from(Config config) {
    return new ServeSettings(
        Path.of(config.getString("data-folder")),
        config.getString("admin-key"),
        LogSettings.from(config.getConfig("log")));
  }

  @Override
  public String toString() {
    return "ServeSettings[data=" + data + ", log=" + log + "]";
  }
}
