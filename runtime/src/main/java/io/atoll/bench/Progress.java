package io.atoll.bench;

import java.io.PrintWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Says on standard error what a run is doing: lines, or one line that is written over. */
final class Progress {
  private static final double MILLI = 1e6;
  private static final String CLEAR = "\r\u001b[K";

  /** How seconds are shown. */
  enum Style {
    NONE,
    LINES,
    ONE_LINE
  }

  private final PrintWriter errors;
  private final Style style;
  private final BenchSettings settings;
  private boolean open;

  Progress(PrintWriter errors, Style style, BenchSettings settings) {
    this.errors = errors;
    this.style = style;
    this.settings = settings;
  }

  /** Says one line. */
  void say(String line) {
    endLine();
    errors.println(line);
    errors.flush();
  }

  /** Shows a second of the run. */
  void show(Interval second) {
    switch (style) {
      case NONE -> {}
      case LINES -> errors.println(line(second));
      case ONE_LINE -> {
        errors.print(CLEAR + line(second));
        open = true;
      }
    }
    errors.flush();
  }

  /** Leaves the line that is written over. */
  void endLine() {
    if (open) {
      open = false;
      errors.print(CLEAR);
      errors.flush();
    }
  }

  private String line(Interval second) {
    Histogram latencies = second.latencies();
    long warmUp = settings.times().warmUp().toSeconds();
    double level = settings.ramp().levelAt(second.second() * 1_000_000_000L);
    return String.format(
        Locale.ROOT,
        "%4d s%s  %s %,.0f  %,9d ops/s  p50 %.2f ms  p99 %.2f ms  limited %,d  errors %,d",
        second.second(),
        second.second() <= warmUp ? " (warm-up)" : "",
        name(),
        level,
        latencies.getTotalCount(),
        latencies.getValueAtPercentile(50) / MILLI,
        latencies.getValueAtPercentile(99) / MILLI,
        second.limited(),
        second.failed());
  }

  private String name() {
    return switch (settings.load().pace()) {
      case CLOSED -> "callers";
      case RATE -> "rate";
      case USERS -> "users";
    };
  }
}
