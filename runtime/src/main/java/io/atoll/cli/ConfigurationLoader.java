package io.atoll.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of a node: flags win over the environment, that over the file, that over
 * the node's own Pekko settings and the references of the modules.
 */
final class ConfigurationLoader {
  private static final Set<String> ROOTS = Set.of("atoll", "pekko");

  private final Config reference = ConfigFactory.defaultReference();
  private final ConfigurationKeys keys = new ConfigurationKeys(reference);
  private final ConfigurationRanges ranges = new ConfigurationRanges(reference);

  /** The whole configuration, resolved. Fails with {@link ConfigurationException}. */
  Config load(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
    Config own = ConfigFactory.parseResourcesAnySyntax("atoll-node.conf");
    try {
      Config config =
          values(flags)
              .withFallback(values(keys.setBy(environment)))
              .withFallback(file == null ? ConfigFactory.empty() : read(file))
              .withFallback(own)
              .withFallback(reference)
              .resolve();
      ranges.check(config);
      return config;
    } catch (ConfigException wrong) {
      throw new ConfigurationException(oneLine(wrong));
    }
  }

  private Config values(Map<String, String> texts) {
    Config config = ConfigFactory.empty();
    for (var entry : texts.entrySet()) {
      config = config.withValue(entry.getKey(), value(entry.getKey(), entry.getValue()));
    }
    return config;
  }

  /** A list may be given as {@code a,b} or, when its items are more than words, as HOCON. */
  private ConfigValue value(String path, String text) {
    if (keys.isBlock(path)) {
      return ConfigFactory.parseString("block = " + text).getValue("block");
    }
    if (!keys.isList(path)) {
      return ConfigValueFactory.fromAnyRef(text, ConfigurationKeys.variable(path));
    }
    if (text.strip().startsWith("[")) {
      return ConfigFactory.parseString("list = " + text).getValue("list");
    }
    List<String> items =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .toList();
    return ConfigValueFactory.fromIterable(items);
  }

  private Config read(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ConfigurationException("cannot read the configuration file " + file);
    }
    Config config = ConfigFactory.parseFile(file.toFile()).resolveWith(reference);
    for (String root : config.root().keySet()) {
      if (!ROOTS.contains(root)) {
        throw new ConfigurationException(
            "unknown key " + root + " in " + file + "; keys start with atoll. or pekko.");
      }
    }
    config
        .withOnlyPath("atoll")
        .entrySet()
        .forEach(entry -> keys.require(entry.getKey(), file.toString()));
    return config;
  }

  /**
   * What is wrong, without the line breaks and control characters that a file may carry. Where a
   * bad value came from is left out: its key is named, and the rest is a list of our own files.
   */
  static String oneLine(ConfigException wrong) {
    String message = String.valueOf(wrong.getMessage());
    int key = message.indexOf("Invalid value at ");
    boolean named = wrong instanceof ConfigException.BadValue && key >= 0;
    String text = named ? message.substring(key) : message;
    String shown = wrong instanceof ConfigException.Parse ? withoutQuotes(text) : text;
    return shown.replaceAll("\\p{Cntrl}+", " ");
  }

  /** What a file holds where it cannot be parsed may be a secret. */
  private static String withoutQuotes(String message) {
    return message.replaceAll(" \\(if you (?s:.*)", "").replaceAll("'[^']{2,}'", "'...'");
  }
}
