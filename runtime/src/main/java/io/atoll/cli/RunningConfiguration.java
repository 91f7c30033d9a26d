package io.atoll.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import io.atoll.reload.ConfigurationSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a process that runs, with the file that it was started with. The log level
 * is put in force here.
 */
final class RunningConfiguration implements ConfigurationSource {
  private static final String PLANS = "atoll.plans";
  private static final String LOG_LEVEL = "atoll.log.level";

  private final ConfigurationLoader loader;
  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final @Nullable Path file;
  private final Map<String, Object> started;

  /** What the file held when it was read last, or why it could not be parsed. */
  private Object seen;

  /** The same of the last look. */
  private Object looked;

  /** {@code started} is what the process has read from the other three. */
  RunningConfiguration(
      ConfigurationLoader loader,
      Map<String, String> flags,
      Map<String, String> environment,
      @Nullable Path file,
      Config started) {
    this.loader = loader;
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
    this.file = file;
    this.started = fixed(started);
    this.seen = content();
    this.looked = seen;
  }

  /** A file that is just being written is not taken up: it has to be the same at two looks. */
  @Override
  public boolean isChanged() {
    Object now = content();
    boolean settled = now.equals(looked);
    looked = now;
    return settled && !now.equals(seen);
  }

  @Override
  public Loaded load() {
    seen = content();
    try {
      Config config = loader.load(flags, environment, file);
      CheckedConfiguration checked = CheckedConfiguration.of(config);
      Logging.level(checked.serve().log().level());
      return new Loaded.Right(config, changed(fixed(config)));
    } catch (ConfigurationException wrong) {
      return new Loaded.Wrong(named(String.valueOf(wrong.getMessage())));
    }
  }

  private String named(String reason) {
    return file == null || reason.contains(file.toString()) ? reason : file + ": " + reason;
  }

  /** Included files count as well. */
  private Object content() {
    if (file == null) {
      return ConfigFactory.empty();
    }
    try {
      return ConfigFactory.parseFile(file.toFile());
    } catch (ConfigException wrong) {
      return String.valueOf(wrong.getMessage());
    }
  }

  private List<String> changed(Map<String, Object> now) {
    TreeSet<String> keys = new TreeSet<>(started.keySet());
    keys.addAll(now.keySet());
    keys.removeIf(key -> now.containsKey(key) && now.get(key).equals(started.get(key)));
    return List.copyOf(keys);
  }

  /** The values that hold for as long as the process runs, by key. */
  private static Map<String, Object> fixed(Config config) {
    Map<String, Object> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.withoutPath(PLANS).entrySet()) {
      if (!entry.getKey().equals(LOG_LEVEL)) {
        values.put(entry.getKey(), entry.getValue().unwrapped());
      }
    }
    return values;
  }
}
