package io.atoll.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The kind of every configuration key, as its default shows it, and what a value of it may be. A
 * value that is not is refused in one plain sentence, before any part reads it. Immutable.
 */
final class ConfigurationRanges {
  /** Durations that may be none at all; every other one is waited for again and again. */
  private static final Set<String> MAY_BE_ZERO =
      Set.of(
          "atoll.cluster.rehearsal",
          "atoll.http.credentials.cache-time",
          "atoll.http.credentials.clock-skew",
          "atoll.http.credentials.key-set-min-refresh",
          "atoll.http.gateway.denial-memory",
          "atoll.ledger.flush-delay",
          "atoll.map.page-grace",
          "atoll.node.drain-timeout",
          "atoll.tenant.denial-memory",
          "atoll.tenant.notice-interval",
          "atoll.tenant.retention-after-delete");

  private static final Map<String, Integer> LARGEST =
      Map.of("atoll.cluster.port", 65_535, "atoll.http.listener.port", 65_535);

  /** Pekko ends what stops for longer while its cell moves. */
  private static final Map<String, Duration> LONGEST =
      Map.of("atoll.tenant.drain-timeout", Duration.ofSeconds(25));

  private static final String IN_FRONT = "atoll.http.";
  private static final long GIGABYTE = 1L << 30;

  private final Map<String, Kind> kinds = new TreeMap<>();

  private enum Kind {
    DURATION,
    BYTES,
    NUMBER,
    SWITCH,
    OTHER
  }

  /** The keys below {@code atoll} in this reference. */
  ConfigurationRanges(Config reference) {
    for (var entry : reference.withOnlyPath("atoll").entrySet()) {
      kinds.put(entry.getKey(), kind(entry.getValue()));
    }
  }

  private static Kind kind(ConfigValue value) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      return Kind.NUMBER;
    }
    if (!(value.unwrapped() instanceof String text)) {
      return Kind.OTHER;
    }
    if (text.matches("on|off")) {
      return Kind.SWITCH;
    }
    if (text.matches("\\d+ ?(ms|s|m|h|d|seconds?|minutes?|hours?|days?)")) {
      return Kind.DURATION;
    }
    return text.matches("\\d+ ?(B|[KMG]i?B)") ? Kind.BYTES : Kind.OTHER;
  }

  /** Fails with {@link ConfigurationException} for a value that is of no use. */
  void check(Config config) {
    kinds.forEach((path, kind) -> {
      if (!isRight(config, path, kind)) {
        throw new ConfigurationException(
            path + " must be " + allowed(path, kind) + ", not " + shown(config, path));
      }
    });
  }

  private static boolean isRight(Config config, String path, Kind kind) {
    try {
      return switch (kind) {
        case DURATION -> isDuration(path, config.getDuration(path));
        case BYTES -> isSize(path, config.getBytes(path));
        case NUMBER -> config.getDouble(path) >= 0 && config.getDouble(path) <= largest(path);
        case SWITCH -> config.getString(path).matches("on|off|yes|no|true|false");
        case OTHER -> true;
      };
    } catch (ConfigException ofAnotherKind) {
      return false;
    }
  }

  private static boolean isDuration(String path, Duration value) {
    Duration longest = LONGEST.getOrDefault(path, value);
    return (MAY_BE_ZERO.contains(path) ? !value.isNegative() : value.toMillis() > 0)
        && value.compareTo(longest) <= 0;
  }

  private static boolean isSize(String path, long bytes) {
    return path.startsWith(IN_FRONT) ? bytes > 0 && bytes <= GIGABYTE : bytes >= 0;
  }

  private static int largest(String path) {
    return LARGEST.getOrDefault(path, Integer.MAX_VALUE);
  }

  private static String allowed(String path, Kind kind) {
    return switch (kind) {
      case DURATION -> allowedDuration(path);
      case BYTES -> "a size of " + (path.startsWith(IN_FRONT) ? "1 to 1 GiB" : "0 or more");
      case NUMBER -> "a number from 0 to " + largest(path);
      case SWITCH -> "on or off";
      case OTHER -> "something else";
    };
  }

  private static String allowedDuration(String path) {
    Duration longest = LONGEST.get(path);
    return "a duration of %s %s, such as 10s"
        .formatted(
            MAY_BE_ZERO.contains(path) ? "0" : "1ms",
            longest == null ? "or more" : "to " + longest.toSeconds() + "s");
  }

  private static String shown(Config config, String path) {
    return config.hasPath(path) ? config.getValue(path).unwrapped().toString() : "nothing";
  }
}
