package io.atoll.bench;

import io.atoll.bench.BenchSettings.Load;
import io.atoll.bench.BenchSettings.Pace;
import io.atoll.terminal.Span;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run does, in a line each. */
final class Titles {
  private Titles() {}

  /** How is called. */
  static String load(BenchSettings settings) {
    Load load = settings.load();
    String duration = Span.format(settings.times().duration());
    return calls(load) + ", " + connections(settings) + ", " + duration + warmUp(settings);
  }

  /** A number of things: {@code 1 tenant}, {@code 2,000 entries}. */
  static String count(long number, String one) {
    String many = one.endsWith("ry") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }

  /** What is called. */
  static String data(BenchSettings settings) {
    BenchSettings.Data data = settings.data();
    String tenants =
        settings.target().isTenantKey()
            ? "the key's tenant"
            : count(data.tenants(), "tenant") + " (" + data.plans() + popularity(settings) + ")";
    return String.format(
        Locale.ROOT,
        "%s, %s of %s, %,d-byte values, %d %% reads%s",
        tenants,
        count(data.maps(), "map"),
        count(data.keys(), "key"),
        data.valueBytes(),
        settings.mix().readPercent(),
        settings.mix().scanPercent() == 0
            ? ""
            : " (%d %% scans)".formatted(settings.mix().scanPercent()));
  }

  private static String warmUp(BenchSettings settings) {
    Duration warmUp = settings.times().warmUp();
    return warmUp.isZero() ? "" : " after " + Span.format(warmUp) + " of warm-up";
  }

  private static String popularity(BenchSettings settings) {
    if (settings.load().pace() == Pace.USERS) {
      return "";
    }
    return settings.data().zipf() == 0 ? ", uniform" : ", zipf " + settings.data().zipf();
  }

  private static String calls(Load load) {
    String levels = levels(load.ramp());
    return switch (load.pace()) {
      case CLOSED -> levels + " callers";
      case RATE -> levels + " operations a second";
      case USERS -> levels + " users";
    };
  }

  private static String connections(BenchSettings settings) {
    Load load = settings.load();
    String depth = load.depth() == 1 ? "" : " with up to " + load.depth() + " calls under way";
    return load.connections()
        + (settings.target().http() ? " HTTP" : " WebSocket")
        + " connections"
        + depth;
  }

  private static String levels(Ramp ramp) {
    return ramp.steps().stream()
        .map(step -> String.format(Locale.ROOT, "%,.0f", step.level()))
        .collect(Collectors.joining(" to "));
  }
}
