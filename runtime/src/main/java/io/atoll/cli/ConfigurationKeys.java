package io.atoll.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every configuration key there is, as the reference files of the modules define them, and the
 * environment variable of each. Immutable.
 */
final class ConfigurationKeys {
  /** Variables that are not keys: the launcher's own. */
  private static final List<String> LAUNCHER_VARIABLES = List.of("ATOLL_JAVA_OPTS");

  /** Short names of the keys that are set most often. */
  static final Map<String, String> SHORT_VARIABLES =
      Map.of(
          "ATOLL_DATA", "atoll.data-folder",
          "ATOLL_HOST", "atoll.http.listener.host",
          "ATOLL_PORT", "atoll.http.listener.port");

  /** Keys whose value is a block with names of the operator's own. */
  private static final List<String> BLOCKS = List.of("atoll.plans");

  private final TreeMap<String, ConfigValueType> types = new TreeMap<>();
  private final TreeMap<String, String> pathsByVariable = new TreeMap<>();

  /** The keys below {@code atoll} in this reference. */
  ConfigurationKeys(Config reference) {
    for (var entry : reference.withOnlyPath("atoll").entrySet()) {
      types.put(entry.getKey(), entry.getValue().valueType());
      pathsByVariable.put(variable(entry.getKey()), entry.getKey());
    }
    for (String block : BLOCKS) {
      types.put(block, ConfigValueType.OBJECT);
      pathsByVariable.put(variable(block), block);
    }
    pathsByVariable.putAll(SHORT_VARIABLES);
  }

  /** The variable of a key: {@code atoll.http.max-body} is {@code ATOLL_HTTP_MAX_BODY}. */
  static String variable(String path) {
    return String.join("_", ConfigUtil.splitPath(path))
        .replace('-', '_')
        .replace('.', '_')
        .toUpperCase(Locale.ROOT);
  }

  boolean contains(String path) {
    return types.containsKey(path)
        || BLOCKS.stream().anyMatch(block -> path.startsWith(block + "."));
  }

  boolean isBlock(String path) {
    return types.get(path) == ConfigValueType.OBJECT;
  }

  boolean isList(String path) {
    return types.get(path) == ConfigValueType.LIST;
  }

  /** The keys that variables of this environment set; an unknown one is refused. */
  Map<String, String> setBy(Map<String, String> environment) {
    var set = new TreeMap<String, String>();
    for (var entry : environment.entrySet()) {
      String variable = entry.getKey();
      if (!variable.startsWith("ATOLL_") || LAUNCHER_VARIABLES.contains(variable)) {
        continue;
      }
      String path = pathsByVariable.get(variable);
      if (path == null) {
        throw new ConfigurationException(
            "unknown environment variable "
                + variable
                + nearest(variable, pathsByVariable.navigableKeySet()));
      }
      set.put(path, entry.getValue());
    }
    return set;
  }

  /** Refuses a key that does not exist, naming the nearest that does. */
  void require(String path, String where) {
    if (!contains(path)) {
      throw new ConfigurationException(
          "unknown key " + path + " in " + where + nearest(path, types.navigableKeySet()));
    }
  }

  private static String nearest(String name, Collection<String> candidates) {
    Optional<String> nearest =
        candidates.stream().min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    return nearest.map(candidate -> "; did you mean " + candidate + "?").orElse("");
  }

  /** The number of letters to insert, delete or replace to get from one name to the other. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                previous[column - 1] + replaced,
                Math.min(previous[column], current[column - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
