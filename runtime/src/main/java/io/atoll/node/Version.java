package io.atoll.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build. */
public final class Version {
  private Version() {}

  /** The version as the build wrote it, for example {@code 0.1.0-SNAPSHOT}. */
  public static String current() {
    var properties = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("/atoll-version.properties")) {
      if (file == null) {
        throw new IllegalStateException("the build has left out atoll-version.properties");
      }
      properties.load(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties.getProperty("version");
  }
}
