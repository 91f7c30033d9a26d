package io.atoll.devcluster;

import io.atoll.terminal.LiveLines;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows how far the parts are, a line for each. Not thread-safe. */
final class Progress {
  private final LiveLines lines;

  Progress(PrintWriter out, boolean terminal) {
    this.lines = new LiveLines(out, terminal);
  }

  /** Shows the parts as they are now. */
  void show(List<Part> parts) {
    lines.show(parts.stream().map(part -> line(part, lines.isLive())).toList());
  }

  private static String line(Part part, boolean counting) {
    String state =
        part.readyAfter()
            .map(after -> "ready after " + seconds(after))
            .orElseGet(() -> part.isStarted() ? starting(part.age(), counting) : "waits");
    return "  %-9s  %s".formatted(part.name(), state);
  }

  private static String starting(Duration age, boolean counting) {
    return counting ? "starts, " + age.toSeconds() + " s" : "starts";
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
